// Owns: what the stand-ins for agent programs share: reading flags strictly, printing JSON lines, keeping notes.

/** Flags by name; a flag that is not listed ends the program as the real ones do. */
export function flagsOf(
  { alone, valued }: { alone: string[]; valued: string[] },
): Map<string, string> & { rest: string[]; all(name: string): string[] } {
  const flags = new Map<string, string>();
  const every: [string, string][] = [];
  const rest: string[] = [];
  for (let index = 0; index < Deno.args.length; index++) {
    const word = Deno.args[index]!;
    if (alone.includes(word)) flags.set(word, "");
    else if (valued.includes(word)) {
      const value = Deno.args[++index];
      if (value === undefined) fail(`error: option '${word}' argument missing`);
      flags.set(word, value!);
      every.push([word, value!]);
    } else if (word.startsWith("-") && word !== "-") fail(`error: unknown option '${word}'`);
    else rest.push(word);
  }
  return Object.assign(flags, {
    rest,
    all: (name: string) => every.flatMap(([flag, value]) => flag === name ? [value] : []),
  });
}

/** Prints one JSON line. */
export function json(value: unknown): void {
  console.log(JSON.stringify(value));
}

export async function readStdin(): Promise<string> {
  return await new Response(Deno.stdin.readable).text();
}

/** Appends to the file that the test reads afterwards. */
export async function note(entry: Record<string, unknown>): Promise<void> {
  const file = Deno.env.get("FAKE_NOTES");
  if (file === undefined) return;
  const hermes = Object.fromEntries(
    Object.entries(Deno.env.toObject()).filter(([name]) => name.startsWith("HERMES_")),
  );
  const line = JSON.stringify({ ...entry, cwd: Deno.cwd(), hermes });
  await Deno.writeTextFile(file, `${line}\n`, { append: true });
}

function fail(text: string): void {
  console.error(text);
  Deno.exit(2);
}
