// Owns: a fresh board for each test, with a clock that stands still and ids that count.

import { join } from "node:path";
import { ManualClock } from "../../src/base/clock.ts";
import { countingIds } from "../../src/base/ids.ts";
import {
  type Board,
  mustCommand,
  openBoard,
  type OpenBoardOptions,
} from "../../src/kernel/board.ts";
import { createTask, type NewTask } from "../../src/kernel/create.ts";
import { getDetail, getTask } from "../../src/kernel/detail.ts";
import type { Command, WriteContext } from "../../src/kernel/lifecycle/commands.ts";
import { defaultPolicy, type Policy } from "../../src/kernel/lifecycle/decision.ts";
import type { EventKind, Status } from "../../src/kernel/model/status.ts";
import type { TaskRow } from "../../src/kernel/model/rows.ts";
import type { SqlValue } from "../../src/kernel/engine/port.ts";
import type { EventView, RunView } from "../../src/kernel/views.ts";

/** The lock every test claims with. */
export const lock = "host:1";

/** A claim by {@link lock} for 900 s. */
export const claim = {
  type: "claim",
  lock,
  ttlSeconds: 900,
  lane: null,
} satisfies Command;

/** A bare completion: nothing is handed over. */
export const complete: Extract<Command, { type: "complete" }> = {
  type: "complete",
  result: null,
  summary: null,
  metadata: null,
};

/** A block without a kind. */
export function block(reason: string | null = null): Command {
  return { type: "block", reason, kind: null };
}

/** Everything a test of the kernel needs. */
export class TestBoard {
  readonly board: Board;
  readonly clock: ManualClock;
  /** The folder the board file lies in; nothing else is in it. */
  readonly dir: string;
  /** Read at every command; a test may change it. */
  readonly policy: Policy;

  constructor(board: Board, clock: ManualClock, dir: string, policy: Policy) {
    this.board = board;
    this.clock = clock;
    this.dir = dir;
    this.policy = policy;
  }

  /** Creates a task and returns its id. */
  async add(input: Partial<NewTask> = {}): Promise<string> {
    return (await createTask(this.board, { title: "a task", ...input })).task.id;
  }

  /** Creates a task and brings it to `status` by the shortest legal way. `todo` is parked there. */
  async in(status: Status, input: Partial<NewTask> = {}): Promise<string> {
    if (status === "triage") return await this.add({ ...input, triage: true });
    if (status === "todo") return await this.add({ ...input, held: true });
    const id = await this.add(input);
    if (status === "running") await this.do(id, claim);
    if (status === "blocked") await this.do(id, block());
    if (status === "done") await this.do(id, complete);
    if (status === "archived") await this.do(id, { type: "archive" });
    return id;
  }

  /** Applies a command that must be accepted. */
  do(id: string, command: Command, context?: WriteContext) {
    return mustCommand(this.board, id, command, context);
  }

  /** Claims a ready task and returns the id of its run. */
  async claimed(id: string): Promise<number> {
    return (await this.do(id, claim)).runId!;
  }

  task(id: string): Promise<TaskRow> {
    return getTask(this.board, id);
  }

  async status(id: string): Promise<string> {
    return (await this.task(id)).status;
  }

  async runs(id: string): Promise<RunView[]> {
    return (await getDetail(this.board, id)).runs;
  }

  async run(id: string): Promise<RunView> {
    return (await this.runs(id)).at(-1)!;
  }

  async events(id: string, kind?: EventKind): Promise<EventView[]> {
    const { events } = await getDetail(this.board, id);
    return kind === undefined ? events : events.filter((event) => event.kind === kind);
  }

  async kinds(id: string): Promise<string[]> {
    return (await this.events(id)).map((event) => event.kind);
  }

  /** The newest event of a task. */
  async last(id: string): Promise<EventView> {
    return (await this.events(id)).at(-1)!;
  }

  /** Changes rows the way a foreign program would, past the lifecycle. */
  async raw(sql: string, params: SqlValue[] = []): Promise<void> {
    await this.board.engine.write((tx) => tx.run(sql, params));
  }

  /** Every row a query finds. */
  rows<Row = Record<string, SqlValue>>(sql: string, params: SqlValue[] = []): Promise<Row[]> {
    return this.board.engine.read((tx) => tx.all<Row>(sql, params));
  }

  async count(sql: string, params: SqlValue[] = []): Promise<number> {
    return (await this.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM ${sql}`, params))[0]!.n;
  }
}

/** Runs `body` on a fresh board in a folder of its own; both are gone afterwards. */
export async function withBoard(
  body: (t: TestBoard) => Promise<void>,
  options: Partial<OpenBoardOptions> = {},
): Promise<void> {
  await inTempDir(async (dir) => {
    const clock = new ManualClock();
    const policy = { ...defaultPolicy };
    const board = await openBoard({
      slug: "default",
      path: join(dir, "kanban.db"),
      clock,
      ids: countingIds(),
      policy: () => policy,
      ...options,
    });
    try {
      await body(new TestBoard(board, clock, dir, policy));
    } finally {
      await board.close();
    }
  });
}

/** Runs `body` with a fresh folder and removes it afterwards. */
export async function inTempDir<T>(body: (dir: string) => Promise<T>): Promise<T> {
  const dir = await Deno.makeTempDir({ prefix: "hermes-kernel " });
  try {
    return await body(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}
