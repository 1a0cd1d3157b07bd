// Owns: the proof that every gate between a task and a worker is named, with its owner and the next look.

import assert from "node:assert/strict";
import { explain } from "../../src/dispatcher/why/explain.ts";
import type { WhyFacts } from "../../src/dispatcher/why/gate.ts";
import type { LinkedTask, RunRow, TaskRow } from "../../src/kernel/model/rows.ts";

const now = 1_000_000;

const task = {
  id: "t_1",
  title: "x",
  status: "ready",
  assignee: "writer",
  priority: 0,
  created_at: now - 100,
  claim_lock: null,
  claim_expires: null,
  worker_pid: null,
  last_heartbeat_at: null,
  current_run_id: null,
  consecutive_failures: 0,
  last_failure_error: null,
  max_retries: null,
  block_kind: null,
  block_recurrences: 0,
  held: 0,
  loop_guard: 0,
  not_before: null,
  started_at: null,
} as TaskRow;

const parent: LinkedTask = {
  id: "t_p",
  title: "first",
  status: "running",
  completed_at: null,
  assignee: "ana",
  waived: 0,
};

/** A planner that is free to plan whatever nothing holds back. */
function planning(change: Partial<WhyFacts["planning"]> = {}): WhyFacts["planning"] {
  return {
    auto: true,
    problem: null,
    perTick: 3,
    limits: { maxDepth: 2, quietSeconds: 10 },
    maxChildren: 12,
    stand: { hold: null, ahead: 0 },
    ...change,
  };
}

function proposed(tasks: number): WhyFacts["planning"]["stand"] {
  return { hold: { type: "proposed", author: "maria", at: now - 9, tasks }, ahead: 0 };
}

/** A ready task that nothing keeps, with some facts changed. */
function facts(
  change: Partial<Omit<WhyFacts, "task">> & { task?: Partial<TaskRow> } = {},
): WhyFacts {
  return {
    run: null,
    openParents: [],
    busy: { board: 0, profile: 0 },
    ahead: 0,
    block: null,
    coolsDown: false,
    now,
    dispatching: true,
    dispatchInGateway: true,
    intervalSeconds: 60,
    profileExists: true,
    similarProfile: null,
    maxInProgress: 4,
    maxPerProfile: 0,
    money: { budgets: [], day: null },
    failureLimit: 3,
    planning: planning(),
    ...change,
    task: { ...task, ...change.task },
  };
}

/** name → facts → gates as `gate owner`, and what the first one says. */
const cases: [string, WhyFacts, string[], RegExp][] = [
  [
    "triage, planned by itself",
    facts({ task: { status: "triage" } }),
    ["planning planner"],
    /split/,
  ],
  [
    "triage, planning off, nobody dispatches",
    facts({
      task: { status: "triage" },
      planning: planning({ auto: false }),
      dispatching: false,
    }),
    ["planning_off person", "no_dispatcher dispatcher"],
    /kanban\.auto_decompose/,
  ],
  [
    "triage without a model",
    facts({ task: { status: "triage" }, planning: planning({ problem: "no API key" }) }),
    ["no_planner_model person"],
    /no API key/,
  ],
  [
    "R-11 sent back by the loop guard",
    facts({
      task: { status: "triage", loop_guard: 1, block_kind: "needs_input", block_recurrences: 2 },
    }),
    ["loop_guard person"],
    /2 times \(needs_input\)/,
  ],
  [
    "S-142 triage, behind others",
    facts({
      task: { status: "triage" },
      planning: planning({ stand: { hold: null, ahead: 7 } }),
    }),
    ["planning planner"],
    /7 ideas go before it, and at most 3 are planned per 1m 0s/,
  ],
  [
    "triage that was just edited",
    facts({
      task: { status: "triage" },
      planning: planning({ stand: { hold: { type: "touched", at: now - 4 }, ahead: 0 } }),
    }),
    ["being_edited clock"],
    /4s ago.*left alone for 10s \(kanban\.auto_decompose_quiet_seconds\)/,
  ],
  [
    "triage from too deep inside",
    facts({
      task: { status: "triage" },
      planning: planning({ stand: { hold: { type: "deep", depth: 3 }, ahead: 0 } }),
    }),
    ["too_deep person"],
    /number 3 .*auto_decompose_max_depth \(2\)/,
  ],
  [
    "triage with a proposal, although planning is off",
    facts({
      task: { status: "triage", loop_guard: 1 },
      planning: planning({ auto: false, stand: proposed(5) }),
    }),
    ["plan_proposed person"],
    /^A plan of 5 tasks was proposed by maria 9s ago and waits for a word\.$/,
  ],
  [
    "triage with a plan that was too large",
    facts({ task: { status: "triage" }, planning: planning({ stand: proposed(14) }) }),
    ["plan_proposed person"],
    /14 tasks, more than kanban\.auto_decompose_max_children \(12\), was proposed/,
  ],
  [
    "R-09 parked below an open and an archived parent",
    facts({
      task: { status: "todo", held: 1 },
      openParents: [parent, { ...parent, id: "t_q", status: "archived" }],
    }),
    ["parent_open task", "parent_archived task", "held person"],
    /"first" \(t_p\), which is running and belongs to ana/,
  ],
  [
    "todo that the next pass moves",
    facts({ task: { status: "todo" } }),
    ["to_promote dispatcher"],
    /next pass/,
  ],
  [
    "todo whose later gates are closed too",
    facts({ task: { status: "todo", assignee: null }, openParents: [parent], dispatching: false }),
    ["parent_open task", "unassigned person", "no_dispatcher dispatcher"],
    /waits for "first"/,
  ],
  [
    "blocked with a question",
    facts({
      task: { status: "blocked", block_kind: "needs_input" },
      block: { by: "somebody", reason: "which logo?\nmore" },
    }),
    ["blocked person"],
    /blocked \(needs_input\): which logo\?$/,
  ],
  [
    "R-01 given up by the breaker",
    facts({
      task: {
        status: "blocked",
        consecutive_failures: 2,
        max_retries: 2,
        last_failure_error: "boom",
      },
      block: { by: "breaker" },
    }),
    ["gave_up person"],
    /2 failed attempts \(limit 2\).*boom/,
  ],
  ["ready, unassigned", facts({ task: { assignee: null } }), ["unassigned person"], /Nobody/],
  [
    "ready for a profile that is misspelt",
    facts({ task: { assignee: "wrtier" }, profileExists: false, similarProfile: "writer" }),
    ["no_profile profile"],
    /Did you mean "writer"/,
  ],
  [
    "ready, nobody dispatches",
    facts({ dispatching: false }),
    ["no_dispatcher dispatcher"],
    /No dispatcher/,
  ],
  [
    "ready, the gateway does not dispatch",
    facts({ dispatching: false, dispatchInGateway: false }),
    ["no_dispatcher dispatcher"],
    /kanban\.dispatch_in_gateway/,
  ],
  ["ready later", facts({ task: { not_before: now + 90 } }), ["scheduled clock"], /scheduled/],
  [
    "U-031 ready after a rate limit",
    facts({ task: { not_before: now + 90 }, coolsDown: true }),
    ["cool_down provider"],
    /slow down/,
  ],
  [
    "U-037 ready, board and profile full",
    facts({ busy: { board: 4, profile: 2 }, maxPerProfile: 2 }),
    ["board_full limit", "profile_full limit"],
    /4 workers run on this board, of 4/,
  ],
  [
    "ready over an open parent, by a foreign program",
    facts({ openParents: [parent] }),
    ["parent_open task"],
    /waits for "first"/,
  ],
  [
    "a foreign status",
    facts({ task: { status: "review" } }),
    ["foreign_status person"],
    /"review"/,
  ],
];

for (const [name, given, gates, says] of cases) {
  Deno.test(`why: ${name}`, () => {
    const explained = explain(given);
    assert.equal(explained.verdict, "waiting");
    assert.deepEqual(explained.gates.map(({ gate, owner }) => `${gate} ${owner}`), gates);
    assert.match(explained.gates[0]!.text, says);
    for (const gate of explained.gates) assert.notEqual(gate.next_look, "", gate.gate);
  });
}

Deno.test("why: nothing keeps a ready task; its place in the queue is told", () => {
  const free = explain(facts({ task: { not_before: now }, ahead: 2 }));
  assert.deepEqual([free.verdict, free.gates], ["starting", []]);
  assert.match(free.text, /2 tasks go before it/);
  assert.match(explain(facts()).text, /It is next/);
});

Deno.test("why: the time of the next look is told where it is known", () => {
  const at = (given: WhyFacts) => explain(given).gates[0]!.next_look_at;
  assert.equal(at(facts({ task: { not_before: now + 90 } })), now + 90);
  const claimed = { status: "running", claim_lock: "h:1", claim_expires: now + 50, started_at: 1 };
  assert.equal(at(facts({ task: claimed })), now + 50);
  const run = { id: 7, profile: "writer", lane: "builtin", started_at: now - 10 } as RunRow;
  assert.equal(at(facts({ task: claimed, run: { ...run, max_runtime_seconds: 30 } })), now + 20);
  assert.equal(at(facts({ task: claimed, dispatching: false })), null);
  assert.equal(at(facts({ task: { ...claimed, claim_expires: now - 5 } })), now);
});

Deno.test("why: who works on a running task, since when, and the last heartbeat", () => {
  const run = { id: 7, profile: "writer", lane: "builtin", started_at: now - 130 } as RunRow;
  const { verdict, text, gates } = explain(facts({
    task: {
      status: "running",
      claim_lock: "host:42",
      claim_expires: now + 60,
      worker_pid: 99,
      last_heartbeat_at: now - 5,
    },
    run: { ...run, max_runtime_seconds: null },
  }));
  assert.equal(verdict, "running");
  assert.match(text, /Run 7 of writer, for 2m 10s; claimed by host:42; process 99; .* 5s ago/);
  assert.deepEqual([gates[0]!.owner, gates[0]!.owner_name], ["worker", "writer"]);
  const manual = explain(facts({
    task: { status: "running", claim_lock: "manual" },
    run: { ...run, lane: null, max_runtime_seconds: null },
  }));
  assert.match(manual.text, /started by hand/);
  assert.match(manual.gates[0]!.next_look, /never/, "R-07");
});

Deno.test("why: done and archived tasks run no more unless a person reopens them", () => {
  for (const status of ["done", "archived"]) {
    const { verdict, gates } = explain(facts({ task: { status }, dispatching: false }));
    assert.deepEqual([verdict, gates.map(({ gate }) => gate)], ["finished", [status]]);
    assert.match(gates[0]!.remedy!, /move t_1 ready/);
  }
});
