// Owns: proof that what runs on every pass looks rows up instead of walking through a table or a whole status.

import assert from "node:assert/strict";
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
  ["after", events.after, "INTEGER PRIMARY KEY (rowid>?)"],
];

for (const [name, text, step] of lookUps) {
  Deno.test(`${name} is answered by ${step}, with no table walked through or sorted`, async () => {
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
