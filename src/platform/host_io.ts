// Owns: the terminal side of the process: standard streams, their nature, and the exit.

/** Writes all of `text` to standard output before it returns. A reader that went away is no error. */
export function writeOut(text: string): void {
  writeAll(Deno.stdout, text);
}

/** Writes all of `text` to standard error before it returns. A reader that went away is no error. */
export function writeErr(text: string): void {
  writeAll(Deno.stderr, text);
}

/** True when the stream is a terminal that a person looks at. */
export function isTerminal(stream: "out" | "err" | "in"): boolean {
  const streams = { out: Deno.stdout, err: Deno.stderr, in: Deno.stdin };
  return streams[stream].isTerminal();
}

/** Columns of the terminal; 80 when there is none. */
export function terminalWidth(): number {
  try {
    return Deno.consoleSize().columns || 80;
  } catch {
    return 80;
  }
}

/** All of standard input as text, up to its end. */
export async function readStdinText(): Promise<string> {
  return await new Response(Deno.stdin.readable).text();
}

/** The lines of standard input as they come in. A last line without an end counts. */
export async function* stdinLines(): AsyncGenerator<string> {
  let rest = "";
  for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** Standard input and output as Node streams, for libraries that speak over them. */
export async function nodeStreams() {
  const { stdin, stdout } = await import("node:process");
  return { input: stdin, output: stdout };
}

/** Ends the process at once with exit status `code` (0..255). */
export function exit(code: number): never {
  Deno.exit(code);
}

function writeAll(stream: { writeSync(bytes: Uint8Array): number }, text: string): void {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  while (at < bytes.length) {
    try {
      at += stream.writeSync(bytes.subarray(at));
    } catch (thrown) {
      if (thrown instanceof Deno.errors.BrokenPipe) return;
      // A pipe that is full and does not block: wait for its reader.
      if (!(thrown instanceof Deno.errors.WouldBlock)) throw thrown;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}
