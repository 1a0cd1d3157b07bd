// Owns: what tests of operations share — a home of their own, a clock that stands, and people who ask.

import { join } from "node:path";
import { ManualClock } from "../../src/base/clock.ts";
import { silentLog } from "../../src/base/log.ts";
import type { Environment } from "../../src/config/env_names.ts";
import type { Board } from "../../src/kernel/board.ts";
import { type Actor, type OpContext, openContext } from "../../src/ops/context.ts";
import { hostPorts } from "../../src/app/host_ports.ts";

export const person: Actor = { kind: "human", name: "user", taskId: null, runId: null };

/** The worker of one run. */
export function workerOf(taskId: string, runId: number | null, name = "writer"): Actor {
  return { kind: "worker", name, taskId, runId };
}

/** One home with one board, and contexts for whoever asks. */
export interface OpsWorld {
  home: string;
  clock: ManualClock;
  board: Board;
  /** The context of a person. */
  user: OpContext;
  /** A context for somebody else in the same home. */
  as(actor: Actor, env?: Environment): Promise<OpContext>;
}

/** Runs `body` in a fresh home; everything opened in it is closed and removed afterwards. */
export async function inOpsWorld(body: (world: OpsWorld) => Promise<void>): Promise<void> {
  const home = await Deno.realPath(await Deno.makeTempDir({ prefix: "hermes ops " }));
  const clock = new ManualClock();
  const opened: OpContext[] = [];
  const as = async (actor: Actor, env: Environment = {}) => {
    const context = await openContext({
      env: { HERMES_HOME: home, HOME: home, ...env },
      host: hostPorts,
      log: silentLog,
      clock,
      actor,
    });
    opened.push(context);
    return context;
  };
  try {
    const user = await as(person);
    await body({ home, clock, board: await user.board(), user, as });
  } finally {
    for (const context of opened) await context.close();
    await Deno.remove(home, { recursive: true });
  }
}

/** Makes a profile folder without going through the program. */
export async function addProfile(home: string, name: string, config = ""): Promise<void> {
  await Deno.mkdir(join(home, "profiles", name), { recursive: true });
  await Deno.writeTextFile(join(home, "profiles", name, "config.yaml"), config);
}
