// Owns: the small programs in children/ as processes: started, talked to by lines, always ended.

import { fileURLToPath } from "node:url";

/** A running child; it speaks and listens in lines. */
export class Child {
  readonly #process: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #output: ReadableStreamDefaultReader<string>;
  #pending = "";

  /** Starts `children/<name>.ts`. Use {@link withChildren}, which also ends it. */
  constructor(name: string, args: readonly string[]) {
    const script = fileURLToPath(new URL(`children/${name}.ts`, import.meta.url));
    this.#process = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--quiet", "--no-check", script, ...args],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    this.#input = this.#process.stdin.getWriter();
    this.#output = this.#process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  get pid(): number {
    return this.#process.pid;
  }

  /** The next line the child prints. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#pending.indexOf("\n");
      if (end >= 0) {
        const line = this.#pending.slice(0, end);
        this.#pending = this.#pending.slice(end + 1);
        return line;
      }
      const { done, value } = await this.#output.read();
      if (done) throw new Error(`a child ended before it had said everything: ${this.#pending}`);
      this.#pending += value;
    }
  }

  async send(line: string): Promise<void> {
    await this.#input.write(new TextEncoder().encode(`${line}\n`));
  }

  /** Ends the child, politely when `patient`: it then ends by itself when its input does. */
  async end(patient: boolean): Promise<void> {
    if (!patient) this.#process.kill("SIGKILL");
    await this.#input.close().catch(() => {});
    await this.#process.status;
    await this.#output.cancel();
  }
}

/** Starts `count` copies of a child, waits until each says `ready`, and ends all of them after `body`. */
export async function withChildren<T>(
  count: number,
  name: string,
  args: (index: number) => readonly string[],
  body: (children: Child[]) => Promise<T>,
): Promise<T> {
  const children = Array.from({ length: count }, (_, index) => new Child(name, args(index)));
  let finished = false;
  try {
    for (const child of children) await child.line();
    const result = await body(children);
    finished = true;
    return result;
  } finally {
    await Promise.all(children.map((child) => child.end(finished)));
  }
}

/** {@link withChildren} for a single one. */
export function withChild<T>(
  name: string,
  args: readonly string[],
  body: (child: Child) => Promise<T>,
): Promise<T> {
  return withChildren(1, name, () => args, ([child]) => body(child!));
}
