// Owns: starting the small programs of this folder as processes of their own.

import assert from "node:assert/strict";

/** A started program: its lines as they come, and its end. */
export interface Racer {
  /** The next line it prints; fails the test when it ends or nothing comes for 20 s. */
  line(): Promise<string>;
  /** Sends one line to its standard input. */
  send(text: string): Promise<void>;
  /** Closes its input, waits for its end, and returns the output that was not read as lines. */
  done(): Promise<string>;
}

/** Starts `race/<name>.ts` with `args`. */
export function start(name: string, ...args: string[]): Racer {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", new URL(`./${name}.ts`, import.meta.url).pathname, ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const input = child.stdin.getWriter();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let pending = "";

  async function more(): Promise<boolean> {
    const { done, value } = await reader.read();
    if (!done) pending += value;
    return !done;
  }

  async function line(): Promise<string> {
    const alarm = setTimeout(() => child.kill("SIGKILL"), 20_000);
    try {
      while (!pending.includes("\n")) {
        if (!await more()) assert.fail(`${name} ended without a line: ${pending}`);
      }
    } finally {
      clearTimeout(alarm);
    }
    const end = pending.indexOf("\n");
    const text = pending.slice(0, end);
    pending = pending.slice(end + 1);
    return text;
  }

  async function done(): Promise<string> {
    await input.close();
    while (await more());
    const { code } = await child.status;
    assert.equal(code, 0, `${name} failed: ${pending}`);
    return pending;
  }

  return {
    line,
    send: (text) => input.write(new TextEncoder().encode(`${text}\n`)),
    done,
  };
}

/**
 * Starts `count` copies of one program, waits until every copy says that it is ready, lets them all
 * go at the same moment, and returns what each printed last, parsed.
 */
export async function race<T>(
  count: number,
  name: string,
  args: (index: number) => string[],
): Promise<T[]> {
  const racers = Array.from({ length: count }, (_, index) => start(name, ...args(index)));
  for (const racer of racers) assert.equal(await racer.line(), "ready");
  await Promise.all(racers.map((racer) => racer.send("go")));
  const outputs = await Promise.all(racers.map((racer) => racer.done()));
  return outputs.map((text) => JSON.parse(text) as T);
}
