// Owns: tests of the plan as a whole: order, limits, buckets, deadlines.

import assert from "node:assert/strict";
import fc from "fast-check";
import type { WorkerState } from "../../src/dispatcher/observation.ts";
import { inBoardOrder } from "../../src/kernel/dispatch_view.ts";
import { now, planFor, running, starts, stray, taskRow, verdict } from "./plan_fixture.ts";

const alive: WorkerState = { is: "alive", child: true };

function ready(...ids: string[]) {
  return ids.map((id) => taskRow({ id }));
}

function workers(count: number, profile = "ada", lane: string | null = "builtin") {
  return Array.from({ length: count }, () => running(alive, { run: { profile, lane } }));
}

Deno.test("S-086 plan(): ends come first, then promotion, then starts", () => {
  const { actions } = planFor({
    running: [
      running({ is: "gone", exit: null }),
      running({ is: "foreign" }, { task: { claim_expires: now } }),
      running(alive, { run: { max_runtime_seconds: 1 } }),
    ],
    promotable: [taskRow({ id: "t_promoted", status: "todo" })],
    ready: ready("t_ready"),
    strays: [stray({ workerAlive: false })],
  });
  assert.deepEqual(actions.map((action) => action.type), [
    "end_run",
    "end_run",
    "end_run",
    "promote",
    "end_strays",
    "spawn",
    "spawn",
  ]);
});

Deno.test("S-086 plan(): starts follow board order, promoted tasks included", () => {
  const { actions } = planFor({
    ready: [
      taskRow({ id: "t_old", created_at: 10 }),
      taskRow({ id: "t_young", created_at: 20 }),
    ],
    promotable: [
      taskRow({ id: "t_urgent", status: "todo", priority: 5, created_at: 30 }),
      taskRow({ id: "t_between", status: "todo", created_at: 15 }),
    ],
  });
  assert.deepEqual(starts(actions), ["t_urgent", "t_old", "t_between", "t_young"]);
});

Deno.test("S-092 P-016 plan(): the limit of a pass counts its starts, not what runs already", () => {
  const seen = { running: workers(3), ready: ready("t_a", "t_b", "t_c") };
  const { actions, skipped } = planFor(seen, { maxSpawns: 2 });
  assert.deepEqual(starts(actions), ["t_a", "t_b"]);
  assert.equal(skipped.capped, 1);
  assert.deepEqual(starts(planFor(seen, { maxSpawns: 0 }).actions), []);
});

Deno.test("P-016 plan(): the limit of the board counts what runs already", () => {
  const seen = { running: workers(3), ready: ready("t_a", "t_b", "t_c") };
  const { actions, skipped } = planFor(seen, { maxInProgress: 4 });
  assert.deepEqual(starts(actions), ["t_a"]);
  assert.equal(skipped.capped, 2);
});

Deno.test("P-016 plan(): runs claimed by hand take no place, runs on other hosts do", () => {
  const byHand = running({ is: "not_ours" }, { run: { lane: null } });
  const elsewhere = running({ is: "foreign" });
  const seen = { running: [byHand, elsewhere], ready: ready("t_a", "t_b") };
  assert.deepEqual(starts(planFor(seen, { maxInProgress: 2 }).actions), ["t_a"]);
});

Deno.test("P-005 plan(): a worker that has to be ended keeps its place until it is gone", () => {
  const overdue = running(alive, { run: { max_runtime_seconds: 1 } });
  const gone = running({ is: "gone", exit: null });
  const within = { maxInProgress: 1 };
  assert.deepEqual(
    starts(planFor({ running: [overdue], ready: ready("t_a") }, within).actions),
    [],
  );
  assert.deepEqual(starts(planFor({ running: [gone], ready: ready("t_a") }, within).actions), [
    "t_a",
  ]);
});

Deno.test("P-005 plan(): a task waits while anything is left of an earlier run, lingering or being ended", () => {
  const seen = { ready: ready("t_a", "t_b", "t_c", "t_d") };
  const strays = [
    stray({ taskId: "t_a", endedAt: now - 1 }),
    stray({ taskId: "t_b", outcome: "reclaimed" }),
    stray({ taskId: "t_c", outcome: "reclaimed", busy: true }),
  ];
  const { actions, nextDeadline } = planFor({ ...seen, strays });
  assert.deepEqual(actions.map((action) => action.type), ["end_strays", "spawn"]);
  assert.deepEqual(starts(actions), ["t_d"]);
  assert.equal(nextDeadline, now + 2);
});

Deno.test("U-037 plan(): a full profile lets the tasks of others pass", () => {
  const seen = {
    running: workers(1, "ada"),
    ready: [
      taskRow({ id: "t_ada", assignee: "ada", priority: 9 }),
      taskRow({ id: "t_bob", assignee: "bob" }),
      taskRow({ id: "t_bob2", assignee: "bob" }),
    ],
  };
  const { actions, skipped } = planFor(seen, { maxPerProfile: 1 });
  assert.deepEqual(starts(actions), ["t_bob"]);
  assert.deepEqual(skipped.profileCapped, ["t_ada", "t_bob2"]);
  assert.equal(skipped.capped, 0);
});

Deno.test("S-090 plan(): unassigned tasks are reported and not started", () => {
  const { actions, skipped } = planFor({
    unassigned: ["t_nobody"],
    promotable: [taskRow({ id: "t_freed", status: "todo", assignee: null })],
  });
  assert.deepEqual(starts(actions), []);
  assert.deepEqual(skipped.unassigned, ["t_nobody", "t_freed"]);
});

Deno.test("P-015 U-039 plan(): an assignee that is no profile has a bucket of its own", () => {
  const { actions, skipped } = planFor({
    nonspawnable: ["t_human"],
    promotable: [taskRow({ id: "t_freed", status: "todo", assignee: "carol" })],
  });
  assert.deepEqual(starts(actions), []);
  assert.deepEqual(skipped.nonspawnable, ["t_human", "t_freed"]);
  assert.deepEqual(skipped.unassigned, []);
});

Deno.test("P-010 plan(): a promoted task that waits for a time is promoted but not started", () => {
  const waiting = taskRow({ id: "t_later", status: "todo", not_before: now + 1 });
  const due = taskRow({ id: "t_due", status: "todo", not_before: now });
  const { actions } = planFor({ promotable: [waiting, due] });
  assert.deepEqual(starts(actions), ["t_due"]);
  const promoted = actions.find((action) => action.type === "promote");
  assert.deepEqual(promoted?.tasks.map((task) => task.id), ["t_later", "t_due"]);
});

Deno.test("plan(): an empty board asks for nothing and has no deadline", () => {
  assert.deepEqual(planFor({}), {
    actions: [],
    skipped: {
      unassigned: [],
      nonspawnable: [],
      profileCapped: [],
      overBudget: [],
      badLane: [],
      capped: 0,
    },
    nextDeadline: null,
  });
});

Deno.test("plan(): the next deadline is the first second at which a rule may decide otherwise", () => {
  const child = running(alive);
  assert.equal(verdict(child).deadline, now + 800, "its claim expires");
  const limited = running(alive, { run: { max_runtime_seconds: 150, started_at: now - 100 } });
  assert.equal(verdict(limited).deadline, now + 51, "it is out of time");
  const adopted = running({ is: "alive", child: false });
  assert.equal(verdict(adopted).deadline, now + 2, "nobody reports its exit");
  const ending = running({ is: "gone", exit: null });
  assert.equal(verdict(ending).deadline, now + 2, "the end may fail");
  assert.equal(planFor({ nextDue: now + 30 }).nextDeadline, now + 30);
  assert.equal(planFor({ nextDue: now + 30, running: [limited] }).nextDeadline, now + 30);
});

Deno.test("plan(): a lingering worker is looked at when its grace ends, sooner if nobody reports its exit", () => {
  const child = stray({ endedAt: now - 5 });
  assert.equal(planFor({ strays: [child] }).nextDeadline, now + 15);
  assert.equal(
    planFor({ strays: [stray({ child: false, endedAt: now - 5 })] }).nextDeadline,
    now + 2,
  );
  assert.equal(
    planFor({ strays: [stray({ child: false, endedAt: now - 19 })] }).nextDeadline,
    now + 1,
  );
});

Deno.test("plan(): a deadline is never in the past, so that waiting for it never turns into a busy loop", () => {
  const states: WorkerState[] = [
    alive,
    { is: "alive", child: false },
    { is: "busy" },
    { is: "starting" },
    { is: "unidentified" },
    { is: "gone", exit: null },
    { is: "gone", exit: { code: 0, signal: null } },
    { is: "never_started" },
    { is: "not_ours" },
    { is: "foreign" },
  ];
  const around = fc.integer({ min: now - 5000, max: now + 5000 });
  const run = fc.record({
    worker: fc.constantFrom(...states),
    claim_expires: fc.option(around),
    last_heartbeat_at: fc.option(around),
    started_at: around,
    max_runtime_seconds: fc.option(fc.integer({ min: 1, max: 5000 })),
  }).map(({ worker, claim_expires, last_heartbeat_at, started_at, max_runtime_seconds }) =>
    running(worker, {
      task: { claim_expires, last_heartbeat_at },
      run: { started_at, max_runtime_seconds },
    })
  );
  const leftover = fc.record({
    workerAlive: fc.boolean(),
    busy: fc.boolean(),
    child: fc.boolean(),
    outcome: fc.constantFrom("completed", "blocked", "reclaimed", null),
    endedAt: fc.option(around),
  }).map(stray);
  fc.assert(fc.property(fc.array(run), fc.array(leftover), (runs, strays) => {
    const { nextDeadline } = planFor({ running: runs, strays });
    assert.ok(nextDeadline === null || nextDeadline > now, `deadline ${nextDeadline}`);
  }));
});

Deno.test("plan(): starts keep to every limit and to board order, and take all that fits", () => {
  const profile = fc.constantFrom("ada", "bob");
  const task = fc.record({
    assignee: profile,
    priority: fc.integer({ min: 0, max: 3 }),
    created_at: fc.integer({ min: 1, max: 5 }),
  });
  const within = fc.record({
    maxInProgress: fc.integer({ min: 1, max: 6 }),
    maxPerProfile: fc.integer({ min: 0, max: 3 }),
    maxSpawns: fc.integer({ min: 0, max: 6 }),
  });
  fc.assert(fc.property(fc.array(task), fc.array(profile), within, (tasks, busy, bounds) => {
    const rows = tasks.map((patch, index) => taskRow({ ...patch, id: `t_${index}` }));
    const seen = {
      running: busy.flatMap((name) => workers(1, name)),
      ready: rows.toSorted(inBoardOrder),
    };
    const { actions, skipped } = planFor(seen, bounds);
    const picked = starts(actions).map((id) => rows.find((row) => row.id === id)!);
    assert.deepEqual(picked, picked.toSorted(inBoardOrder));
    assert.ok(picked.length <= bounds.maxSpawns);
    assert.ok(picked.length === 0 || picked.length + busy.length <= bounds.maxInProgress);
    for (const name of ["ada", "bob"]) {
      const mine = picked.filter((row) => row.assignee === name).length;
      const all = mine + busy.filter((other) => other === name).length;
      assert.ok(bounds.maxPerProfile === 0 || mine === 0 || all <= bounds.maxPerProfile);
    }
    assert.equal(picked.length + skipped.capped + skipped.profileCapped.length, rows.length);
    const full = picked.length === bounds.maxSpawns ||
      picked.length + busy.length >= bounds.maxInProgress;
    assert.ok(skipped.capped === 0 || full, "nothing waits while there is room");
  }));
});
