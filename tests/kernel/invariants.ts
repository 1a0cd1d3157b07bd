// Owns: what must hold on a board after every operation.

import assert from "node:assert/strict";
import type { Board } from "../../src/kernel/board.ts";
import type { EventRow, RunRow, TaskRow } from "../../src/kernel/model/rows.ts";
import { isStatus } from "../../src/kernel/model/status.ts";
import type { TestBoard } from "./board_fixture.ts";

interface Link {
  parent_id: string;
  child_id: string;
  waived: number;
}

interface State {
  tasks: Map<string, TaskRow>;
  runs: RunRow[];
  links: Link[];
  /** Events since the last look. */
  fresh: EventRow[];
}

/** Event kind → the statuses it can start from, and where it leads. */
const moves: Record<string, { from: string[]; to: string[] }> = {
  promoted: { from: ["todo"], to: ["ready"] },
  claimed: { from: ["ready"], to: ["running"] },
  claim_rejected: { from: ["ready"], to: ["todo"] },
  completed: { from: ["running", "ready", "blocked"], to: ["done"] },
  blocked: { from: ["running", "ready"], to: ["blocked"] },
  block_loop_detected: { from: ["running", "ready"], to: ["triage"] },
  dependency_wait: { from: ["running", "ready"], to: ["todo"] },
  unblocked: { from: ["blocked"], to: ["ready", "todo"] },
  archived: {
    from: ["triage", "todo", "ready", "running", "blocked", "done"],
    to: ["archived"],
  },
  reclaimed: { from: ["running"], to: ["ready"] },
  crashed: { from: ["running"], to: ["ready"] },
  timed_out: { from: ["running"], to: ["ready"] },
  spawn_failed: { from: ["running"], to: ["ready"] },
  protocol_violation: { from: ["running"], to: ["ready"] },
  rate_limited: { from: ["running"], to: ["ready"] },
  gave_up: { from: ["running"], to: ["blocked"] },
  specified: { from: ["triage"], to: ["todo"] },
  decomposed: { from: ["triage"], to: ["todo"] },
};

/** Events after which a ready or running task has no open parent. */
const freeing = ["created", "promoted", "unblocked", "claimed"];

/** Fails when something does not hold that must hold at any moment, whatever was done before. */
export async function checkBoard(board: Board): Promise<void> {
  const state = await lookAt(board, 0);
  checkTasks(state);
  checkRuns(state);
  checkGraph(state);
}

async function lookAt(board: Board, cursor: number): Promise<State> {
  const { tasks, runs, links, fresh } = await board.engine.read(async (tx) => ({
    tasks: await tx.all<TaskRow>("SELECT * FROM tasks"),
    runs: await tx.all<RunRow>("SELECT * FROM task_runs"),
    links: await tx.all<Link>("SELECT * FROM task_links"),
    fresh: await tx.all<EventRow>("SELECT * FROM task_events WHERE id > ? ORDER BY rowid", [
      cursor,
    ]),
  }));
  return { tasks: new Map(tasks.map((task) => [task.id, task])), runs, links, fresh };
}

/** Follows one board from operation to operation. */
export class Auditor {
  readonly #t: TestBoard;
  #statuses = new Map<string, string>();
  #assignees = new Map<string, string | null>();
  #cursor: number;

  constructor(t: TestBoard, cursor: number) {
    this.#t = t;
    this.#cursor = cursor;
  }

  /** Fails when anything that must hold does not. `accepted`: whether the operation was. */
  async check(accepted: boolean): Promise<void> {
    const state = await this.#look();
    if (!accepted) {
      const written = state.fresh.map(({ kind }) => kind);
      const allowed = ["write_refused", "claim_rejected"];
      assert.ok(written.every((kind) => allowed.includes(kind)), `a refusal wrote ${written}`);
    }
    checkTasks(state);
    checkRuns(state);
    checkEvents(state);
    checkGraph(state);
    this.#followStatus(state);
    this.#followAssignee(state);
  }

  async #look(): Promise<State> {
    const state = await lookAt(this.#t.board, this.#cursor);
    for (const { id } of state.fresh) {
      assert.ok(id > this.#cursor, `S-075 event ids are not monotonic: ${id}`);
      this.#cursor = id;
    }
    return state;
  }

  /** Every change of status is explained by exactly one event. */
  #followStatus({ tasks, fresh }: State): void {
    for (const [id, task] of tasks) {
      const mine = fresh.filter((event) => event.task_id === id);
      let status = this.#statuses.get(id);
      for (const { kind, payload } of mine) status = follow(id, status, kind, payload, task.status);
      assert.equal(task.status, status, `${id} moved without an event: ${kinds(mine)}`);
      this.#statuses.set(id, task.status);
    }
    assert.equal(tasks.size, this.#statuses.size, "a task disappeared");
  }

  /** An assignee goes away only on somebody's explicit word. */
  #followAssignee({ tasks, fresh }: State): void {
    for (const [id, { assignee }] of tasks) {
      const before = this.#assignees.get(id) ?? null;
      if (before !== null && assignee === null) {
        const mine = fresh.filter((event) => event.task_id === id);
        assert.ok(mine.some(({ kind }) => kind === "assigned"), `${id} lost ${before}`);
      }
      assert.notEqual(assignee, "", `${id} is assigned to an empty name`);
      this.#assignees.set(id, assignee);
    }
  }
}

/** The status after one event; fails when the event cannot happen from `status`. */
function follow(
  id: string,
  status: string | undefined,
  kind: string,
  payload: string | null,
  actual: string,
): string | undefined {
  if (kind === "created" || kind === "status") {
    const { status: named, undo } = JSON.parse(payload ?? "{}") as {
      status: string;
      undo?: string;
    };
    // Taking back a move to todo may leave the task there: parents wait for it by now, nobody parks it any more.
    if (!undo) assert.notEqual(named, status, `${id}: ${kind} changes nothing`);
    assert.equal(kind === "created", status === undefined, `${id}: ${kind} from ${status}`);
    return named;
  }
  const move = moves[kind];
  if (!move) return status;
  assert.ok(status !== undefined && move.from.includes(status), `${id}: ${kind} from ${status}`);
  return move.to.length === 1 ? move.to[0] : move.to.find((to) => to === actual);
}

function checkTasks({ tasks, runs }: State): void {
  const keys = new Set<string>();
  for (const task of tasks.values()) {
    assert.ok(isStatus(task.status), `S-075 ${task.id}: status ${task.status}`);
    const held = [task.claim_lock, task.claim_expires, task.worker_pid, task.current_run_id];
    if (task.status === "running") {
      assert.ok(task.claim_lock !== null, `${task.id} runs without a lock`);
    } else {
      assert.deepEqual(
        held,
        [null, null, null, null],
        `S-075 ${task.id} is held while not running`,
      );
    }
    const run = runs.find(({ id }) => id === task.current_run_id);
    if (task.current_run_id !== null || task.status === "running") {
      assert.ok(run, `S-075 ${task.id} points to no run`);
      assert.equal(run.task_id, task.id, "S-075 the pointer names another task's run");
      assert.equal(run.ended_at, null, "S-075 the pointer names a closed run");
    }
    const completed = task.completed_at !== null;
    if (task.status === "done") assert.ok(completed, `${task.id} is done without a time`);
    else if (task.status !== "archived") assert.ok(!completed, `${task.id} kept completed_at`);
    if (task.idempotency_key !== null && task.status !== "archived") {
      assert.ok(!keys.has(task.idempotency_key), "two live tasks share a key");
      keys.add(task.idempotency_key);
    }
    assert.ok(task.title.trim() !== "", `${task.id} has no title`);
  }
}

function checkRuns({ tasks, runs }: State): void {
  const open = new Set<string>();
  for (const run of runs) {
    const task = tasks.get(run.task_id);
    assert.ok(task, `run ${run.id} belongs to no task`);
    assert.equal(run.outcome === null, run.ended_at === null, `S-075 run ${run.id}: outcome, end`);
    if (run.ended_at !== null) {
      assert.ok(run.started_at <= run.ended_at, `S-075 run ${run.id} ended before its start`);
      continue;
    }
    assert.ok(!open.has(run.task_id), `${run.task_id} has two open runs`);
    open.add(run.task_id);
    assert.equal(task.current_run_id, run.id, `S-075 open run ${run.id} is not pointed at`);
    assert.equal(task.status, "running", `the task of open run ${run.id} is ${task.status}`);
    assert.deepEqual(
      [run.claim_lock, run.claim_expires],
      [task.claim_lock, task.claim_expires],
      `run ${run.id} and its task disagree about the claim`,
    );
  }
}

function checkEvents({ tasks, runs, links, fresh }: State): void {
  for (const { id, task_id, run_id, kind } of fresh) {
    assert.ok(tasks.has(task_id), `event ${id} belongs to no task`);
    if (run_id !== null) {
      const run = runs.find((row) => row.id === run_id);
      assert.ok(run, `S-075 event ${id} names a run that does not exist`);
      if (kind !== "write_refused") assert.equal(run.task_id, task_id, `event ${id}: foreign run`);
    }
    if (!freeing.includes(kind) || !["ready", "running"].includes(tasks.get(task_id)!.status)) {
      continue;
    }
    const open = links.filter((link) => link.child_id === task_id && keepsWaiting(tasks, link));
    assert.deepEqual(open, [], `${task_id}: ${kind} with open parents`);
  }
}

function checkGraph({ tasks, links }: State): void {
  for (const task of tasks.values()) {
    const mine = links.filter((link) => link.child_id === task.id);
    const waits = mine.some((link) => keepsWaiting(tasks, link));
    const stranded = task.status === "todo" && task.held === 0 && mine.length > 0 && !waits;
    assert.ok(!stranded, `S-075 ${task.id} is left in todo with all parents done`);
  }
  const settled = new Set<string>();
  while (settled.size < tasks.size) {
    const free = [...tasks.keys()].filter((id) =>
      !settled.has(id) &&
      links.every((link) => link.child_id !== id || settled.has(link.parent_id))
    );
    assert.ok(free.length > 0, "the links close a cycle");
    for (const id of free) settled.add(id);
  }
}

/** A parent keeps its child unless it was completed, or waived by a person. */
function keepsWaiting(tasks: Map<string, TaskRow>, link: Link): boolean {
  const parent = tasks.get(link.parent_id)!;
  const completed = parent.status === "done" ||
    (parent.status === "archived" && parent.completed_at !== null);
  return link.waived === 0 && !completed;
}

function kinds(events: EventRow[]): string {
  return events.map(({ kind }) => kind).join(", ") || "none";
}
