// Owns: the row about a gateway that has nothing to do.

import { sleep } from "../../../src/platform/timers.ts";
import { type Figure, figure, notHere, type Row } from "../figure.ts";
import { type Program, programEnvironment, programs, rebuildRemedy } from "../program.ts";
import { seedWaiting } from "../seed.ts";
import { withBoardOf, withHome } from "../world.ts";

/** Seconds the gateway gets to settle, and seconds it is then watched for. */
const settleSeconds = 5;
const watchSeconds = 10;

/** Ticks of the processor accounting in /proc, per second; fixed on Linux. */
const ticksPerSecond = 100;

export const gateway: Row = {
  name: "gateway",
  measure: async (settings) => {
    if (Deno.build.os !== "linux") {
      throw notHere("gateway", "memory and processor time are read from /proc", "Use Linux.");
    }
    const count = settings.size(10_000);
    const figures: Figure[] = [];
    for (const program of await programs()) {
      const { megabytes, share } = await watchIdle(program, count);
      const what = `gateway idle, ${program.name}, ${count.toLocaleString("en")} waiting tasks`;
      figures.push(
        figure(`${what}: memory`, "MB", [megabytes], { budget: 100, note: "resident set" }),
        figure(`${what}: processor`, "% of a core", [share], {
          budget: 1,
          note: `over ${watchSeconds} s, in steps of ${100 / ticksPerSecond / watchSeconds} %`,
        }),
      );
    }
    return figures;
  },
};

/** What a gateway on a board where everything waits uses. */
function watchIdle(
  program: Program,
  count: number,
): Promise<{ megabytes: number; share: number }> {
  return withHome(async (home) => {
    await withBoardOf(home, (board) => seedWaiting(board, count, 5));
    const [name = "", ...args] = program.argv;
    const process = new Deno.Command(name, {
      args: [...args, "gateway", "start"],
      env: programEnvironment(home),
      clearEnv: true,
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    try {
      await untilSaid(process.stdout, "Press Ctrl-C");
      await sleep(settleSeconds * 1000);
      const before = await processorTicks(process.pid);
      await sleep(watchSeconds * 1000);
      const used = await processorTicks(process.pid) - before;
      const status = await Deno.readTextFile(`/proc/${process.pid}/status`);
      const kibibytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
      return {
        megabytes: kibibytes * 1024 / 1e6,
        share: used / ticksPerSecond / watchSeconds * 100,
      };
    } finally {
      process.kill("SIGTERM");
      await process.status;
    }
  });
}

/** Reads until `words` were printed, then lets the rest go. */
async function untilSaid(output: ReadableStream<Uint8Array>, words: string): Promise<void> {
  let said = "";
  for await (const chunk of output.pipeThrough(new TextDecoderStream())) {
    said += chunk;
    if (said.includes(words)) return;
  }
  throw notHere("gateway", "the gateway ended before it had started", rebuildRemedy);
}

/** User and system time of a process so far, all threads. */
async function processorTicks(pid: number): Promise<number> {
  const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}
