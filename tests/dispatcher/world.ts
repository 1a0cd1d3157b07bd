// Owns: one board with its dispatcher, a clock that stands still, and fake workers that are real processes.

import assert from "node:assert/strict";
import { join } from "node:path";
import { ManualClock } from "../../src/base/clock.ts";
import { countingIds } from "../../src/base/ids.ts";
import { createLog } from "../../src/base/log.ts";
import type { DispatcherDeps } from "../../src/dispatcher/deps.ts";
import { markerPrefix, runMarker } from "../../src/dispatcher/deps.ts";
import { dispatchOnce, type DispatchOnceOptions } from "../../src/dispatcher/dispatch_once.ts";
import { Dispatcher } from "../../src/dispatcher/dispatcher.ts";
import type { TickResult } from "../../src/dispatcher/tick_result.ts";
import { type Board, mustCommand, openBoard } from "../../src/kernel/board.ts";
import { createTask, type NewTask } from "../../src/kernel/create.ts";
import { getDetail, getTask } from "../../src/kernel/detail.ts";
import type { SqlValue } from "../../src/kernel/engine/port.ts";
import type { Command, WriteContext } from "../../src/kernel/lifecycle/commands.ts";
import type { RunRow, TaskRow } from "../../src/kernel/model/rows.ts";
import type { EventView } from "../../src/kernel/views.ts";
import { endMarked, findMarked } from "../../src/platform/kill_tree.ts";
import { identify } from "../../src/platform/process.ts";
import { configOf, depsFor, pathsOf, type Settings, shellWorker } from "./deps.ts";

/** A worker that does nothing until it is ended. */
export const idle = "exec sleep 600";

export class World {
  readonly home: string;
  readonly board: Board;
  readonly clock: ManualClock;
  readonly deps: DispatcherDeps;
  /** Read at every pass and at every command; tests change it. */
  readonly settings: Settings;
  /** Every line the dispatcher logged: `level message {fields}`. */
  readonly lines: string[];
  /** Passes begun so far. */
  passes = 0;

  constructor(home: string, board: Board, clock: ManualClock, settings: Settings) {
    this.home = home;
    this.board = board;
    this.clock = clock;
    this.settings = settings;
    this.lines = [];
    const log = createLog((level, message, fields) => {
      this.lines.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`);
    });
    this.deps = depsFor(home, board, log, () => settings);
    const { profileNames } = this.deps;
    this.deps.profileNames = () => {
      this.passes++;
      return profileNames();
    };
  }

  /** Lets all workers from now on run a shell script. Its working directory is the workspace. */
  workersRun(script: string): void {
    this.settings.command = shellWorker(script);
  }

  /** Creates a task for `ada` and returns its id. */
  async add(input: Partial<NewTask> = {}): Promise<string> {
    return (await createTask(this.board, { title: "a task", assignee: "ada", ...input })).task.id;
  }

  /** Applies a command that must be accepted. */
  do(id: string, command: Command, context?: WriteContext) {
    return mustCommand(this.board, id, command, context);
  }

  /** Completes a task, as its worker or somebody else would. */
  async complete(id: string): Promise<void> {
    await this.do(id, { type: "complete", result: null, summary: "done", metadata: null });
  }

  dispatch(options?: DispatchOnceOptions): Promise<TickResult> {
    return dispatchOnce(this.deps, options);
  }

  task(id: string): Promise<TaskRow> {
    return getTask(this.board, id);
  }

  async runs(id: string): Promise<RunRow[]> {
    return await this.rows<RunRow>("SELECT * FROM task_runs WHERE task_id = ? ORDER BY id", [id]);
  }

  /** The newest run of a task. */
  async run(id: string): Promise<RunRow> {
    const run = (await this.runs(id)).at(-1);
    assert.ok(run, `task ${id} has no run`);
    return run;
  }

  async outcomes(id: string): Promise<(string | null)[]> {
    return (await this.runs(id)).map((run) => run.outcome);
  }

  async events(id: string, kind?: string): Promise<EventView[]> {
    const { events } = await getDetail(this.board, id);
    return kind === undefined ? events : events.filter((event) => event.kind === kind);
  }

  async kinds(id: string): Promise<string[]> {
    return (await this.events(id)).map((event) => event.kind);
  }

  rows<Row>(sql: string, params: SqlValue[] = []): Promise<Row[]> {
    return this.board.engine.read((tx) => tx.all<Row>(sql, params));
  }

  /** Changes rows the way a foreign program would, past the lifecycle and without an event. */
  async raw(sql: string, params: SqlValue[] = []): Promise<void> {
    await this.board.engine.write((tx) => tx.run(sql, params));
  }

  /** Path of a file in a task's scratch folder. */
  file(id: string, name: string): string {
    return join(this.deps.paths.workspacesRoot, id, name);
  }

  /** Path of a task's log. */
  log(id: string): string {
    return join(this.deps.paths.logsRoot, `${id}.log`);
  }

  /** Waits for a pid that a worker writes into a file of its workspace. */
  async pidIn(id: string, name: string): Promise<number> {
    return await until(`a pid in ${name}`, async () => {
      const text = await Deno.readTextFile(this.file(id, name)).catch(() => "");
      return text.endsWith("\n") && Number(text);
    });
  }

  /** Waits until this process has heard that the newest worker of a task ended. */
  async exited(id: string): Promise<void> {
    const { id: runId } = await this.run(id);
    await until(`the worker of ${id} ends`, () => this.deps.workers.exitOf(runId) !== null);
  }

  /** Pids that carry the marker of a run. */
  marked(runId: number): number[] {
    const marker = runMarker(this.board, runId);
    return findMarked(marker).filter((found) => found.marker === marker)
      .map((found) => found.identity.pid);
  }

  /** Runs `body` beside a dispatcher that is a service, and stops it afterwards. */
  async dispatching(body: (dispatcher: Dispatcher) => Promise<void>): Promise<void> {
    const dispatcher = new Dispatcher(this.deps);
    await dispatcher.start();
    try {
      await body(dispatcher);
    } finally {
      await dispatcher.stop();
    }
  }
}

/** Asks for passes one after the other until `count` more have ended. */
export async function afterPasses(
  world: World,
  dispatcher: Dispatcher,
  count: number,
): Promise<void> {
  // That a pass begins tells that the one before it has ended.
  for (let pass = 0; pass <= count; pass++) {
    const before = world.passes;
    dispatcher.nudge();
    await until("another pass", () => world.passes > before);
  }
}

/** Runs `body` in a home of its own; nothing of it is left afterwards, no process either. */
export async function inWorld(
  body: (world: World) => Promise<void>,
  kanban: Settings["kanban"] = {},
): Promise<void> {
  const home = await Deno.realPath(await Deno.makeTempDir({ prefix: "hermes dïspatch " }));
  const settings: Settings = { kanban, command: shellWorker(idle) };
  const clock = new ManualClock(Math.floor(Date.now() / 1000));
  const board = await openBoard({
    slug: "default",
    path: pathsOf(home).db,
    clock,
    ids: countingIds(),
    watchMs: 20,
    policy: () => {
      const { failure_limit, block_recurrence_limit } = configOf(settings).kanban;
      return { failureLimit: failure_limit, blockRecurrenceLimit: block_recurrence_limit };
    },
  });
  const world = new World(home, board, clock, settings);
  try {
    await body(world);
  } finally {
    await endEverything(world);
    await board.close();
    await Deno.remove(home, { recursive: true });
  }
}

async function endEverything(world: World): Promise<void> {
  const { workers } = world.deps;
  await workers.idle();
  const prefix = markerPrefix(world.board);
  for (const marker of new Set(findMarked(prefix).map((found) => found.marker))) {
    await endMarked(marker, 0);
  }
  const runs = await world.rows<{ id: number }>("SELECT id FROM task_runs");
  await until("every worker's end is reported", () => {
    return runs.every((run) => !workers.isChild(run.id));
  });
}

/** Polls until `condition` gives something other than null, undefined or false; fails after 10 s. */
export async function until<T>(
  what: string,
  condition: () => T | null | undefined | false | Promise<T | null | undefined | false>,
): Promise<T> {
  const deadline = performance.now() + 10_000;
  while (performance.now() < deadline) {
    const value = await condition();
    if (value !== null && value !== undefined && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail(`gave up waiting: ${what}`);
}

/** True while the pid belongs to a process that runs. */
export function lives(pid: number): boolean {
  return identify(pid) !== null;
}
