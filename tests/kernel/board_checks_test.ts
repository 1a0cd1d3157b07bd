// Owns: tests of the checks that find rows which contradict each other, and of putting them right.

import assert from "node:assert/strict";
import {
  boardCheckNames,
  checkBoard,
  cycleIn,
  mendBoard,
} from "../../src/kernel/care/board_checks.ts";
import type { Finding } from "../../src/kernel/care/finding.ts";
import { read, write } from "../../src/kernel/board.ts";
import { link } from "../../src/kernel/graph.ts";
import { Auditor } from "./invariants.ts";
import { complete, type TestBoard, withBoard } from "./board_fixture.ts";

function look(t: TestBoard): Promise<Finding[]> {
  return read(t.board, checkBoard);
}

function mend(t: TestBoard): Promise<Finding[]> {
  return write(t.board, mendBoard);
}

Deno.test("S-075 checkBoard() finds nothing on a board in every state", () =>
  withBoard(async (t) => {
    for (
      const status of ["triage", "todo", "ready", "running", "blocked", "done", "archived"] as const
    ) await t.in(status);
    const parent = await t.in("done");
    await t.add({ parents: [parent] });
    const archived = await t.in("done");
    await t.do(archived, { type: "archive" });
    await t.add({ parents: [archived, await t.in("blocked")] });
    assert.deepEqual(await look(t), []);
    assert.deepEqual(await mend(t), []);
  }));

/** What a foreign program did → the check that finds it, and whether it can be put right. */
const troubles: Record<string, {
  check: string;
  severity: string;
  fixable: boolean;
  cause(t: TestBoard): Promise<void>;
  example: RegExp;
}> = {
  "a run left open while its task went on": {
    check: "open_runs",
    severity: "error",
    fixable: true,
    example: /t_00000001 run 1/,
    async cause(t) {
      const id = await t.in("running");
      await t.raw(
        "UPDATE tasks SET status = 'done', completed_at = 5, current_run_id = NULL, " +
          "claim_lock = NULL, claim_expires = NULL WHERE id = ?",
        [id],
      );
    },
  },
  "a running task whose run is closed": {
    check: "run_pointers",
    severity: "error",
    fixable: true,
    example: /t_00000001 points to run 1/,
    async cause(t) {
      await t.in("running");
      await t.raw("UPDATE task_runs SET ended_at = started_at, outcome = 'crashed'");
    },
  },
  "a running task that points to another task's run": {
    check: "run_pointers",
    severity: "error",
    fixable: true,
    example: /t_00000001 points to run 2/,
    async cause(t) {
      const id = await t.in("running");
      await t.in("running");
      await t.raw("UPDATE tasks SET current_run_id = 2 WHERE id = ?", [id]);
      await t.raw("UPDATE task_runs SET ended_at = started_at, outcome = 'crashed' WHERE id = 1");
    },
  },
  "a pointer to a run that is not there": {
    check: "run_pointers",
    severity: "error",
    fixable: true,
    example: /points to run 99/,
    async cause(t) {
      await t.raw("UPDATE tasks SET current_run_id = 99 WHERE id = ?", [await t.in("ready")]);
    },
  },
  "a claim on a task that does not run": {
    check: "stray_claims",
    severity: "error",
    fixable: true,
    example: /is blocked and claimed by other:7/,
    async cause(t) {
      await t.raw("UPDATE tasks SET claim_lock = 'other:7', worker_pid = 7 WHERE id = ?", [
        await t.in("blocked"),
      ]);
    },
  },
  "a closed run without an outcome": {
    check: "run_outcomes",
    severity: "warning",
    fixable: true,
    example: /run 1 ended without an outcome/,
    async cause(t) {
      const id = await t.in("running");
      await t.do(id, complete);
      await t.raw("UPDATE task_runs SET outcome = NULL");
    },
  },
  "a run that ended before it started": {
    check: "run_times",
    severity: "warning",
    fixable: true,
    example: /run 1 ended before it started/,
    async cause(t) {
      const id = await t.in("running");
      await t.do(id, complete);
      await t.raw("UPDATE task_runs SET ended_at = started_at - 100");
    },
  },
  "a child in todo whose parents are done": {
    check: "stranded",
    severity: "error",
    fixable: true,
    example: /t_00000002 waits for nothing/,
    async cause(t) {
      const parent = await t.add();
      await t.add({ parents: [parent] });
      await t.raw("UPDATE tasks SET status = 'done', completed_at = 5 WHERE id = ?", [parent]);
    },
  },
  "a running task without a run": {
    check: "running_without_run",
    severity: "error",
    fixable: false,
    example: /t_00000001 runs without a run/,
    async cause(t) {
      await t.raw("UPDATE tasks SET status = 'running', claim_lock = 'x:1' WHERE id = ?", [
        await t.in("ready"),
      ]);
    },
  },
  "links in a circle": {
    check: "cycles",
    severity: "error",
    fixable: false,
    example: /t_00000001 waits for itself/,
    async cause(t) {
      const [a, b] = [await t.add(), await t.add()];
      await link(t.board, a, b);
      await t.raw("INSERT INTO task_links (parent_id, child_id) VALUES (?, ?)", [b, a]);
    },
  },
  "a link to a task that is not there": {
    check: "broken_links",
    severity: "info",
    fixable: false,
    example: /t_gone -> t_00000001/,
    async cause(t) {
      await t.raw("INSERT INTO task_links (parent_id, child_id) VALUES ('t_gone', ?)", [
        await t.add(),
      ]);
    },
  },
  "an event of a run that is not there": {
    check: "event_runs",
    severity: "info",
    fixable: false,
    example: /event 1 names run 77/,
    async cause(t) {
      await t.add();
      await t.raw("UPDATE task_events SET run_id = 77");
    },
  },
  "a status of another program": {
    check: "statuses",
    severity: "info",
    fixable: false,
    example: /status review/,
    async cause(t) {
      await t.raw("UPDATE tasks SET status = 'review' WHERE id = ?", [await t.add()]);
    },
  },
};

for (const [name, { check, severity, fixable, cause, example }] of Object.entries(troubles)) {
  Deno.test(`S-075 ${check}: ${name} is found${fixable ? " and put right" : ""}`, () =>
    withBoard(async (t) => {
      await cause(t);
      const before = await t.rows("SELECT * FROM tasks ORDER BY id");
      const found = await look(t);
      const mine = found.find((it) => it.check === check);
      assert.ok(mine, JSON.stringify(found));
      assert.deepEqual([mine.severity, mine.fixable, mine.fixed], [severity, fixable, false]);
      assert.match(mine.examples.join("\n"), example);
      assert.ok(mine.what.length > 10 && mine.remedy.length > 10);
      assert.deepEqual(await t.rows("SELECT * FROM tasks ORDER BY id"), before, "only looked");
      const mended = (await mend(t)).find((it) => it.check === check);
      assert.equal(mended?.fixed, fixable);
      const left = await look(t);
      if (!fixable) return assert.deepEqual(left.map((it) => it.check), [check]);
      assert.deepEqual(left, []);
      await new Auditor(t, 1e9).check(true).catch((error) => {
        // Statuses that changed behind the log's back are what this test does.
        if (!/moved without an event|a task disappeared/.test(error.message)) throw error;
      });
    }));
}

Deno.test("mendBoard() writes an event for what it takes away, and says which lock it was", () =>
  withBoard(async (t) => {
    const id = await t.in("blocked");
    await t.raw("UPDATE tasks SET claim_lock = 'other:7' WHERE id = ?", [id]);
    await mend(t);
    const { kind, payload } = await t.last(id);
    assert.equal(kind, "reclaimed");
    assert.equal((payload as { stale_lock: string }).stale_lock, "other:7");
    const runner = await t.in("running");
    await t.raw("UPDATE task_runs SET ended_at = started_at, outcome = 'crashed'");
    await mend(t);
    assert.equal(await t.status(runner), "ready");
    assert.equal((await t.last(runner)).kind, "reclaimed");
  }));

Deno.test("S-075 a check stands for each invariant", () => {
  for (
    const name of [
      "open_runs",
      "run_pointers",
      "statuses",
      "stray_claims",
      "run_times",
      "run_outcomes",
      "event_ids",
      "event_runs",
      "stranded",
    ]
  ) assert.ok(boardCheckNames.includes(name));
});

Deno.test("cycleIn() names the tasks on a cycle, not those before or behind it", () => {
  const pair = (text: string) => {
    const [parent_id, child_id] = text.split(">") as [string, string];
    return { parent_id, child_id };
  };
  const on = (...links: string[]) => cycleIn(links.map(pair)).map(({ id }) => id);
  assert.deepEqual(on("a>b", "b>c"), []);
  assert.deepEqual(on("a>b", "b>c", "c>a", "c>d", "x>a", "d>e"), ["a", "b", "c"]);
  assert.deepEqual(on("a>a"), ["a"]);
  assert.deepEqual(on("a>b", "a>c", "b>d", "c>d"), []);
});
