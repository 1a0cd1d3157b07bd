// Owns: tests of what is decided about one running task.

import assert from "node:assert/strict";
import type { Command } from "../../src/kernel/lifecycle/commands.ts";
import type { ObservedRun, WorkerState } from "../../src/dispatcher/observation.ts";
import { mustEnd } from "../../src/dispatcher/rules/strays.ts";
import { limits, now, planFor, running, stray, verdict } from "./plan_fixture.ts";

const alive: WorkerState = { is: "alive", child: true };
const adopted: WorkerState = { is: "alive", child: false };
const expired = { task: { claim_expires: now } };

function gone(code: number | null, signal: string | null = null): WorkerState {
  return { is: "gone", exit: { code, signal } };
}

function commandFor(run: ObservedRun): Command {
  const [action, ...rest] = planFor({ running: [run] }).actions;
  assert.deepEqual(rest, []);
  assert.equal(action?.type, "end_run");
  return action.command;
}

Deno.test("P-009 plan(): a worker that exits 0 without handing over breaks the protocol", () => {
  assert.deepEqual(commandFor(running(gone(0))), {
    type: "protocol_violation",
    pid: 4711,
    error: "worker process 4711 exited without completing or blocking the task",
  });
});

Deno.test("P-010 plan(): exit status 75 is a rate limit with the configured cool-down", () => {
  assert.deepEqual(commandFor(running(gone(75))), {
    type: "rate_limit",
    error: "the model provider is rate limited or unavailable",
    cooldownSeconds: 300,
  });
});

Deno.test("S-099 plan(): every other end of a worker is a crash that names the pid and how it ended", () => {
  const table: [WorkerState, string][] = [
    [gone(1), "worker process 4711 exited with status 1"],
    [gone(74), "worker process 4711 exited with status 74"],
    [gone(null, "SIGKILL"), "worker process 4711 was ended by SIGKILL"],
    [{ is: "gone", exit: null }, "worker process 4711 is gone"],
  ];
  for (const [worker, error] of table) {
    assert.deepEqual(commandFor(running(worker)), { type: "crash", pid: 4711, error });
  }
});

Deno.test("S-063 S-099 plan(): a worker nobody saw go is a crash only while its claim lasts", () => {
  const unseen: WorkerState = { is: "gone", exit: null };
  assert.equal(verdict(running(unseen)).does, "crash");
  assert.deepEqual(commandFor(running(unseen, expired)), {
    type: "reclaim",
    reason: "the claim expired",
  });
  assert.equal(verdict(running(gone(1), expired)).does, "crash", "its exit was seen");
});

Deno.test("P-003 plan(): an expired claim of a worker that lives and beats is extended", () => {
  for (const worker of [alive, adopted]) {
    assert.equal(verdict(running(worker, expired)).does, "extend");
    const silent = { task: { claim_expires: now, last_heartbeat_at: now - 3599 } };
    assert.equal(verdict(running(worker, silent)).does, "extend");
  }
});

Deno.test("P-004 plan(): a living worker that is silent for too long loses its claim", () => {
  const wedged = running(alive, {
    task: { claim_expires: now - 1, last_heartbeat_at: now - 3600 },
    run: { started_at: now - 7200 },
  });
  assert.deepEqual(commandFor(wedged), { type: "reclaim", reason: "no heartbeat for 1h 0m" });
});

Deno.test("P-003 plan(): a worker that has not beaten yet is measured from its start", () => {
  const young = { claim_expires: now, last_heartbeat_at: null };
  const at = (started_at: number) => running(alive, { task: young, run: { started_at } });
  assert.equal(verdict(at(now - 3599)).does, "extend");
  assert.equal(verdict(at(now - 3600)).does, "reclaim");
});

Deno.test("S-063 plan(): claims whose time is not up, or that have none, are left alone", () => {
  for (const worker of [alive, adopted, { is: "foreign" }, { is: "not_ours" }] as WorkerState[]) {
    assert.equal(verdict(running(worker)).does, "nothing");
    assert.equal(verdict(running(worker, { task: { claim_expires: null } })).does, "nothing");
  }
});

Deno.test("S-063 plan(): an expired claim made by hand or on another host goes back to ready", () => {
  for (const is of ["foreign", "not_ours", "starting"] as const) {
    assert.deepEqual(commandFor(running({ is }, expired)), {
      type: "reclaim",
      reason: "the claim expired",
    });
  }
});

Deno.test("R-07 plan(): a manual claim has no time limit and is never taken away", () => {
  const manual = running({ is: "not_ours" }, {
    task: { claim_lock: "manual", claim_expires: null, last_heartbeat_at: null },
    run: { lane: null, worker_pid: null, max_runtime_seconds: 1 },
  });
  assert.deepEqual(verdict(manual), { does: "nothing", deadline: null });
});

Deno.test("plan(): a claim whose dispatcher died before it started the worker is taken back at once", () => {
  const orphan = running({ is: "never_started" }, { run: { worker_pid: null } });
  assert.deepEqual(commandFor(orphan), {
    type: "reclaim",
    reason: "the dispatcher stopped before the worker was started",
  });
});

Deno.test("P-014 plan(): what another dispatcher is starting, and what is in hand, is left alone", () => {
  assert.deepEqual(verdict(running({ is: "starting" })), { does: "nothing", deadline: now + 2 });
  assert.deepEqual(verdict(running({ is: "busy" })), { does: "nothing", deadline: now + 2 });
  const late = { task: { claim_expires: now - 1 }, run: { max_runtime_seconds: 1 } };
  assert.equal(verdict(running({ is: "busy" }, late)).does, "nothing");
});

Deno.test("P-017 plan(): a process known only by its number is never judged gone or overdue", () => {
  const run = { max_runtime_seconds: 10, worker_start: null, worker_boot: null };
  const unidentified: WorkerState = { is: "unidentified" };
  assert.equal(verdict(running(unidentified, { run })).does, "nothing");
  assert.equal(verdict(running(unidentified, expired)).does, "extend");
});

Deno.test("S-100 P-007 plan(): a run is overdue by its own start, not by its task's", () => {
  const second = running(alive, {
    task: { started_at: now - 10_000 },
    run: { max_runtime_seconds: 60, started_at: now - 60 },
  });
  assert.deepEqual(verdict(second), { does: "nothing", deadline: now + 1 });
  const late = running(alive, {
    run: { max_runtime_seconds: 60, started_at: now - 61 },
  });
  assert.deepEqual(commandFor(late), {
    type: "time_out",
    pid: 4711,
    elapsedSeconds: 61,
    limitSeconds: 60,
    sigkill: false,
  });
});

Deno.test("S-100 plan(): a heartbeat does not save a run that is out of time", () => {
  const beating = running(alive, {
    task: { claim_expires: now, last_heartbeat_at: now },
    run: { max_runtime_seconds: 60 },
  });
  assert.equal(verdict(beating).does, "time_out");
});

Deno.test("S-254 P-017 plan(): runs of another host are neither overdue nor crashed", () => {
  const run = { max_runtime_seconds: 1 };
  assert.equal(verdict(running({ is: "foreign" }, { run })).does, "nothing");
});

Deno.test("S-063 plan(): a running row without a run is released once its claim expires", () => {
  const broken = (claim_expires: number | null) =>
    running({ is: "not_ours" }, { task: { current_run_id: null, claim_expires }, run: null });
  assert.equal(verdict(broken(now)).does, "reclaim");
  assert.equal(verdict(broken(now + 1)).does, "nothing");
});

Deno.test("plan(): strays go at once, a worker that has just handed over gets its exit grace", () => {
  const table: [Parameters<typeof stray>[0], boolean][] = [
    [{ outcome: "completed", endedAt: now - 19 }, false],
    [{ outcome: "blocked", endedAt: now }, false],
    [{ outcome: "completed", endedAt: now - 20 }, true],
    [{ outcome: "completed", workerAlive: false, endedAt: now }, true],
    [{ outcome: "reclaimed", endedAt: now }, true],
    [{ outcome: "timed_out", endedAt: now }, true],
    [{ outcome: null, endedAt: null }, true],
  ];
  for (const [patch, ends] of table) {
    assert.equal(mustEnd(stray(patch), limits, now), ends, JSON.stringify(patch));
  }
});
