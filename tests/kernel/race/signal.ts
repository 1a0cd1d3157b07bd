// Owns: the racer's side of the start signal.

/** Says that this process is ready and waits until it is let go. */
export async function ready(): Promise<void> {
  console.log("ready");
  await nextLine();
}

/** Waits for a line on standard input, or its end. */
export async function nextLine(): Promise<void> {
  const byte = new Uint8Array(1);
  while (true) {
    const count = await Deno.stdin.read(byte);
    if (count === null || byte[0] === 10) return;
  }
}
