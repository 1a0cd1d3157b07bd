// Owns: a dispatcher in a process of its own, which a test can kill.

import type { Settings } from "./deps.ts";
import { until, type World } from "./world.ts";

export interface DispatcherProcess {
  pid: number;
  /** Lines it printed so far: `level message`, and `started`. */
  lines(): string[];
  /** Ends it and waits for its end; returns its exit status, null after a signal. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
}

/** Runs `body` beside a dispatcher process for the board of `world`; it is gone afterwards. */
export async function besideDispatcher(
  world: World,
  body: (dispatcher: DispatcherProcess) => Promise<void>,
  env: Record<string, string> = {},
): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--quiet", new URL("./workers/dispatch_main.ts", import.meta.url).pathname],
      ...[world.home, JSON.stringify(world.settings satisfies Settings)],
    ],
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let output = "";
  const read = (async () => {
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) output += text;
  })();
  const dispatcher: DispatcherProcess = {
    pid: child.pid,
    lines: () => output.split("\n").slice(0, -1),
    async end(signal) {
      try {
        child.kill(signal);
      } catch {
        // It has ended by itself.
      }
      const status = await child.status;
      await read;
      return status.signal === null ? status.code : null;
    },
  };
  try {
    await until("the dispatcher process runs", () => dispatcher.lines().includes("started"));
    await body(dispatcher);
  } finally {
    await dispatcher.end("SIGKILL");
  }
}
