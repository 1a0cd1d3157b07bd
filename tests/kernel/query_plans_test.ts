// Owns: proof that what runs on every pass looks rows up instead of walking through a table or a whole status.

import assert from "node:assert/strict";
import { type Board, mustCommand } from "../../src/kernel/board.ts";
import { buildBrief } from "../../src/kernel/brief.ts";
import { addComment } from "../../src/kernel/comments.ts";
import { createTask } from "../../src/kernel/create.ts";
import { getDetail, getList } from "../../src/kernel/detail.ts";
import { dispatchView } from "../../src/kernel/dispatch_view.ts";
import type { Engine, ReadTx } from "../../src/kernel/engine/port.ts";
import { readEvents } from "../../src/kernel/feed.ts";
import { link, unlink } from "../../src/kernel/graph.ts";
import { plannableTasks } from "../../src/kernel/plannable.ts";
import { promoteWaiting, sweepWaiting } from "../../src/kernel/promote.ts";
import { sql as budgets } from "../../src/kernel/queries/budget.ts";
import { sql as usage } from "../../src/kernel/queries/usage.ts";
import { type ListFilter, listQuery, sql as tasks } from "../../src/kernel/queries/tasks.ts";
import { sql as events } from "../../src/kernel/queries/events.ts";
import { sql as runs } from "../../src/kernel/queries/runs.ts";
import { withBoard } from "./board_fixture.ts";

/** What SQLite does for a query on a board that was never analysed, one line per step. */
async function planOf(text: string): Promise<string> {
  let plan = "";
  await withBoard(async (t) => {
    const bound = (text.match(/\?/g) ?? []).map(() => 1);
    const steps = await t.rows<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`, bound);
    plan = steps.map((step) => step.detail).join("\n");
  });
  return plan;
}

/** Query → the look-up that must be in its plan. */
const lookUps: readonly [name: string, text: string, step: string][] = [
  [
    "waitingSince",
    tasks.waitingSince,
    "SEARCH tasks USING INDEX idx_tasks_todo (status=? AND id=?)",
  ],
  ["waitingSince", tasks.waitingSince, "SEARCH task_events USING INTEGER PRIMARY KEY (rowid>?)"],
  ["waitingAfter", tasks.waitingAfter, "INDEX idx_tasks_todo (status=? AND id>?)"],
  ["waitingChildren", tasks.waitingChildren, "idx_tasks_todo (status=? AND id=?)"],
  ["readyChildren", tasks.readyChildren, "sqlite_autoindex_tasks_1 (id=?)"],
  ["readyAssignees", tasks.readyAssignees, "idx_tasks_ready (status=? AND assignee>?)"],
  ["readyFor", tasks.readyFor, "idx_tasks_ready (status=? AND assignee=?)"],
  ["readyUnassigned", tasks.readyUnassigned, "idx_tasks_ready (status=? AND assignee=?)"],
  ["nextWait", tasks.nextWait, "idx_tasks_not_before (status=? AND not_before>?)"],
  ["triage", tasks.triage, "idx_tasks_triage (status=?)"],
  ["recentOfProfile", runs.recentOfProfile, "idx_runs_profile_ended (profile=?)"],
  ["spentSince", budgets.spentSince, "COVERING INDEX idx_runs_usage (started_at>?)"],
  ["spentSince", budgets.spentSince, "idx_model_calls_time (created_at>?)"],
  ["anyBudget", budgets.anyBudget, "COVERING INDEX idx_tasks_budget"],
  ["budgetsAbove", budgets.budgetsAbove, "sqlite_autoindex_tasks_1 (id=?)"],
  ["spentByGraph", budgets.spentByGraph, "idx_tasks_origin (origin_task_id=?)"],
  ["spentByGraph", budgets.spentByGraph, "idx_runs_task (task_id=?)"],
  ["spentByGraph", budgets.spentByGraph, "idx_model_calls_task (task_id=?)"],
  ["membersOf", budgets.membersOf, "idx_tasks_origin (origin_task_id=?)"],
  ["total", usage.total, "COVERING INDEX idx_runs_usage (started_at>?)"],
  ["totalOfGraph", usage.totalOfGraph, "idx_runs_task (task_id=? AND started_at>?)"],
  ["totalOfTask", usage.totalOfTask, "idx_runs_task (task_id=? AND started_at>?)"],
  ["after", events.after, "INTEGER PRIMARY KEY (rowid>?)"],
];

for (const [name, text, step] of lookUps) {
  Deno.test(`S-039 ${name} is answered by ${step}, with no table walked through or sorted`, async () => {
    const plan = await planOf(text);
    assert.ok(plan.includes(step), plan);
    assert.doesNotMatch(plan, /SCAN (tasks|task_events|task_links|task_runs)|TEMP B-TREE/);
  });
}

Deno.test("S-038 the whole board comes in board order from an index, unsorted", async () => {
  for (const filter of [{}, { limit: 20 }, { includeArchived: true }] satisfies ListFilter[]) {
    const plan = await planOf(listQuery(filter).text);
    assert.equal(plan, "SCAN tasks USING INDEX idx_tasks_board");
  }
});

/** A board that notes every query made on it. */
function recording(board: Board): { board: Board; queries: Set<string> } {
  const queries = new Set<string>();
  const noting = <Tx extends ReadTx>(tx: Tx): Tx =>
    new Proxy(tx, {
      get(target, name) {
        const method = Reflect.get(target, name);
        if (typeof method !== "function") return method;
        return (text: string, ...rest: unknown[]) => {
          queries.add(text);
          return method.call(target, text, ...rest);
        };
      },
    });
  const { engine } = board;
  const noted: Engine = {
    info: engine.info,
    read: (body) => engine.read((tx) => body(noting(tx))),
    write: (body) => engine.write((tx) => body(noting(tx))),
    onCommit: (listener) => engine.onCommit(listener),
    watch: (listener) => engine.watch(listener),
    script: (tx, text) => engine.script(tx, text),
    close: () => engine.close(),
  };
  return { board: { ...board, engine: noted }, queries };
}

/** The life of a few tasks: what workers, dispatcher and planner do all the time. */
async function dailyWork(board: Board): Promise<void> {
  const claim = { type: "claim", lock: "h:1", ttlSeconds: 60, lane: "builtin" } as const;
  const done = { type: "complete", result: "r", summary: "s", metadata: { a: 1 } } as const;
  const { task: first } = await createTask(board, { title: "first", assignee: "ana" });
  const child = { title: "second", parents: [first.id], idempotencyKey: "k" };
  const { task: second } = await createTask(board, child);
  const tick = async () => {
    await dispatchView(board, ["ana"], 4);
    await promoteWaiting(board);
    await plannableTasks(board, { maxDepth: 2, quietSeconds: 10 }, 5);
  };
  await createTask(board, { title: "an idea", triage: true, originTaskId: first.id });
  await tick();
  const { runId: fence } = await mustCommand(board, first.id, claim);
  await mustCommand(board, first.id, {
    type: "spawned",
    process: { pid: 7, start: "1", boot: "b" },
  });
  await buildBrief(board, first.id);
  await tick();
  await mustCommand(board, first.id, { type: "heartbeat", note: null }, { fence });
  await mustCommand(board, first.id, { type: "extend", lock: "h:1", ttlSeconds: 60 });
  await addComment(board, first.id, "ana", "half", fence);
  await mustCommand(board, first.id, done, { fence });
  await tick();
  await mustCommand(board, second.id, { type: "block", reason: "why", kind: "needs_input" });
  await mustCommand(board, second.id, { type: "unblock", byHuman: true });
  await mustCommand(board, second.id, claim);
  await mustCommand(board, second.id, { type: "crash", pid: 7, error: "gone" });
  await mustCommand(board, first.id, { type: "move", to: "todo" });
  await mustCommand(board, first.id, { type: "promote" });
  await unlink(board, first.id, second.id);
  await link(board, first.id, second.id);
  await sweepWaiting(board, "");
  await readEvents(board, 0);
  await getDetail(board, first.id);
  await getList(board, { status: "ready", limit: 5 });
  await getList(board, { assignee: "ana", limit: 5 });
}

Deno.test("S-056 nothing that ticks, claims, handovers, promotion, reads or lists of one column ask walks through a table", () =>
  withBoard(async (t) => {
    const { board, queries } = recording(t.board);
    await dailyWork(board);
    assert.ok(queries.size > 40, `only ${queries.size} queries were seen`);
    const walks: string[] = [];
    for (const text of queries) {
      const bound = (text.match(/\?/g) ?? []).map(() => 1);
      const steps = await t.rows<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`, bound);
      for (const { detail } of steps) {
        const table = /^SCAN (task\w*|link|parent|kanban_notify_subs)\b/.exec(detail)?.[1];
        if (table) walks.push(`${detail}\n${text}`);
      }
    }
    assert.deepEqual(walks, []);
  }));
