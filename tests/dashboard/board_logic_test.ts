// Owns: what the board decides by itself: which moves it offers, what it marks, how it stays up to date.

import assert from "node:assert/strict";
import { applyChanges, needsWhole } from "../../dashboard/api/board_changes.ts";
import type { Board, Card, Changes } from "../../dashboard/api/shapes.ts";
import { filterColumns, rowsOf } from "../../dashboard/board/columns.ts";
import { planMove, planMoves } from "../../dashboard/board/moves.ts";
import { stalenessOf } from "../../dashboard/board/stale.ts";
import { dollars, tokens } from "../../dashboard/format/money.ts";
import { initialsOf } from "../../dashboard/format/names.ts";
import { ago, stopwatch } from "../../dashboard/format/time.ts";

function card(id: string, more: Partial<Card> = {}): Card {
  return {
    id,
    title: id,
    status: "ready",
    priority: 0,
    created_at: 100,
    completed_at: null,
    assignee: null,
    tenant: null,
    open_parents: 0,
    since: 100,
    ...more,
  } as Card;
}

function board(columns: Record<string, Card[]>, counts: Record<string, number> = {}): Board {
  return {
    columns: Object.entries(columns).map(([name, tasks]) => ({
      name,
      tasks,
      count: counts[name] ?? tasks.length,
    })),
    tenants: [],
    assignees: [],
    latest_event_id: 10,
    now: 1000,
  };
}

function changes(more: Partial<Changes>): Changes {
  return { reset: false, cards: [], gone: [], counts: {}, latest_event_id: 11, now: 1001, ...more };
}

Deno.test("S-238 stalenessOf() goes amber and red at each column's own ages", () => {
  const minute = 60, hour = 3600, day = 86_400;
  const tiers: [string, number, number][] = [
    ["running", 10 * minute, hour],
    ["ready", hour, day],
    ["todo", 7 * day, 30 * day],
    ["blocked", hour, day],
  ];
  for (const [status, amber, red] of tiers) {
    assert.equal(stalenessOf(status, 0, amber - 1), null, status);
    assert.equal(stalenessOf(status, 0, amber), "amber", status);
    assert.equal(stalenessOf(status, 0, red - 1), "amber", status);
    assert.equal(stalenessOf(status, 0, red), "red", status);
  }
  assert.equal(stalenessOf("done", 0, 400 * day), null);
});

Deno.test("S-241 R-07 R-08 planMove() offers what the lifecycle accepts and asks what deserves it", () => {
  const ask = (from: string, to: string, open_parents = 0) => {
    const plan = planMove({ status: from, open_parents }, to);
    return plan.allowed ? plan.ask ?? "yes" : "no";
  };
  assert.deepEqual(
    ["triage", "todo", "ready", "running", "blocked"].map((from) => ask(from, "done")),
    ["no", "no", "done", "done", "done"],
  );
  assert.deepEqual(
    ["triage", "todo", "ready", "blocked"].map((from) => ask(from, "running")),
    ["no", "no", "yes", "no"],
  );
  assert.equal(ask("todo", "ready"), "yes");
  assert.equal(ask("todo", "ready", 2), "waive");
  assert.equal(ask("blocked", "ready", 2), "yes", "an unblocked task waits in todo by itself");
  assert.equal(ask("running", "todo"), "stop");
  assert.equal(ask("ready", "blocked"), "block");
  assert.equal(ask("done", "archived"), "archive");
  assert.equal(ask("ready", "ready"), "no");
  assert.equal(ask("ready", "review"), "no", "a column of another program");
});

Deno.test("planMoves() asks the gravest question once, and refuses only when no card may move", () => {
  const ready = { status: "ready", open_parents: 0 };
  const running = { status: "running", open_parents: 0 };
  const todo = { status: "todo", open_parents: 0 };
  assert.deepEqual(planMoves([ready, running], "todo"), { allowed: true, ask: "stop" });
  assert.deepEqual(planMoves([todo, ready], "done"), { allowed: true, ask: "done" });
  assert.equal(planMoves([todo], "done").allowed, false);
});

Deno.test("applyChanges() moves cards where they sort, drops what is gone, keeps the other columns", () => {
  const before = board({
    todo: [card("a", { status: "todo" })],
    ready: [card("b", { priority: 5 }), card("c")],
    blocked: [card("x", { status: "blocked" })],
  });
  const after = applyChanges(
    before,
    changes({
      cards: [card("a", { priority: 3, tenant: "acme" })],
      gone: ["c"],
      counts: { ready: 2, blocked: 1 },
    }),
    { includeArchived: false },
  );
  const ids = after.columns.map(({ tasks }) => tasks.map(({ id }) => id));
  assert.deepEqual(ids, [[], ["b", "a"], ["x"]]);
  assert.deepEqual(after.columns.map(({ count }) => count), [0, 2, 1]);
  assert.equal(after.columns[2], before.columns[2]);
  assert.deepEqual([after.latest_event_id, after.tenants], [11, ["acme"]]);
});

Deno.test("applyChanges() keeps a page of done as long as it was, the newest first", () => {
  const done = (id: string, completed_at: number) => card(id, { status: "done", completed_at });
  const before = board({ ready: [card("n")], done: [done("a", 50), done("b", 40)] }, { done: 9 });
  const after = applyChanges(
    before,
    changes({ cards: [done("n", 60)], counts: { done: 10 } }),
    { includeArchived: false },
  );
  assert.deepEqual(after.columns[1]!.tasks.map(({ id }) => id), ["n", "a"]);
  assert.equal(after.columns[1]!.count, 10);
  assert.deepEqual(after.columns[0]!.tasks, []);
});

Deno.test("needsWhole() asks for all of it after a reset or a status the board does not have", () => {
  const shown = board({ ready: [] });
  assert.equal(needsWhole(shown, changes({ reset: true })), true);
  assert.equal(needsWhole(shown, changes({ cards: [card("a", { status: "review" })] })), true);
  assert.equal(needsWhole(shown, changes({ cards: [card("a", { status: "archived" })] })), false);
});

Deno.test("S-239 rowsOf() groups running tasks by profile, nobody's last; done offers the rest", () => {
  const running = (id: string, assignee: string | null) =>
    card(id, { status: "running", assignee });
  const column = board({ running: [running("a", null), running("b", "ops"), running("c", "dev")] })
    .columns[0]!;
  const keys = (lanes: boolean) => rowsOf(column, { lanes, complete: false }).map(({ key }) => key);
  assert.deepEqual(keys(true), ["lane dev", "c", "lane ops", "b", "lane null", "a"]);
  assert.deepEqual(keys(false), ["a", "b", "c"]);
  const done = board({ done: [card("d", { status: "done" })] }, { done: 7 }).columns[0]!;
  assert.deepEqual(rowsOf(done, { lanes: true, complete: false }).at(-1), {
    kind: "more",
    key: "more",
    left: 6,
  });
});

Deno.test("S-240 filterColumns() finds by words, id, tenant and what the server found; `-` is nobody's", () => {
  const shown = board({
    ready: [
      card("t_1", { title: "Write docs", assignee: "writer" }),
      card("t_2", { tenant: "Acme" }),
    ],
  });
  const found = (search: string, assignee = "", ids: string[] = []) =>
    filterColumns(shown, { search, assignee, found: new Set(ids) })[0]!.tasks.map(({ id }) => id);
  assert.deepEqual(found("docs"), ["t_1"]);
  assert.deepEqual(found("acme"), ["t_2"]);
  assert.deepEqual(found("t_2"), ["t_2"]);
  assert.deepEqual(found("words in a body", "", ["t_1"]), ["t_1"]);
  assert.deepEqual(found("", "-"), ["t_2"]);
  assert.deepEqual(found("acme", "writer"), []);
});

Deno.test("times, sums and names are short", () => {
  assert.deepEqual([30, 60, 7200, 90_000].map((age) => ago(0, age)), [
    "just now",
    "1m ago",
    "2h ago",
    "1d ago",
  ]);
  assert.deepEqual([7, 750, 3723].map(stopwatch), ["0:07", "12:30", "1:02:03"]);
  assert.deepEqual([0, 0.0042, 12.4].map(dollars), ["$0", "$0.0042", "$12.40"]);
  assert.deepEqual([950, 12_400, 3_100_000].map(tokens), ["950", "12.4k", "3.1M"]);
  assert.deepEqual(["backend-eng", "ops", "李 雷", ""].map(initialsOf), ["BE", "OP", "李雷", "?"]);
});
