// Owns: a child's side of the conversation with the benchmark.

const lines = Deno.stdin.readable
  .pipeThrough(new TextDecoderStream())
  .pipeThrough(
    new TransformStream<string, string>({
      transform: (chunk, out) => {
        for (const line of chunk.split("\n")) if (line !== "") out.enqueue(line);
      },
    }),
  )
  .getReader();

/** Says one line to the benchmark. */
export function say(line: string): void {
  console.log(line);
}

/** The next order; null when there will be none. */
export async function order(): Promise<string | null> {
  const { done, value } = await lines.read();
  return done ? null : value;
}
