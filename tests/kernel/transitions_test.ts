// Owns: proof of the state machine: every command from every status, against the contract's words.

import assert from "node:assert/strict";
import { command } from "../../src/kernel/board.ts";
import type { Command, CommandType, EarlierState } from "../../src/kernel/lifecycle/commands.ts";
import { accepts, transitions } from "../../src/kernel/lifecycle/transitions.ts";
import { type Status, statuses } from "../../src/kernel/model/status.ts";
import { block, claim, complete, lock, type TestBoard, withBoard } from "./board_fixture.ts";

/** What the contract says: where the command leads from each status; a missing one is refused. */
interface Rule {
  line: string;
  command: Command;
  leads: Partial<Record<Status, Status>>;
  event: string;
}

const fromRunning = (to: Status) => ({ running: to });
const everywhere = Object.fromEntries(statuses.map((status) => [status, status]));
const { running: _running, ...everywhereButRunning } = everywhere;
const worker = { pid: 7, start: "1", boot: "b" };

/** A task that a person put into todo, as it was before something else was done to it. */
const parked: EarlierState = {
  status: "todo",
  held: 1,
  completed_at: null,
  not_before: null,
  result: null,
  idempotency_key: null,
  consecutive_failures: 0,
  last_failure_error: null,
  block_kind: null,
  block_recurrences: 0,
  loop_guard: 0,
};

function move(to: "triage" | "todo" | "ready" | "blocked"): Rule {
  return {
    line: "S-045",
    command: { type: "move", to },
    leads: Object.fromEntries(statuses.map((from) => [from, to])),
    event: "status",
  };
}

const rules: Rule[] = [
  { line: "S-058", command: claim, leads: { ready: "running" }, event: "claimed" },
  {
    line: "S-062",
    command: { type: "extend", lock, ttlSeconds: 60 },
    leads: fromRunning("running"),
    event: "claim_extended",
  },
  {
    line: "S-080",
    command: { type: "spawned", process: worker },
    leads: fromRunning("running"),
    event: "spawned",
  },
  {
    line: "S-101",
    command: { type: "heartbeat", note: null },
    leads: fromRunning("running"),
    event: "heartbeat",
  },
  {
    line: "U-056",
    command: { type: "judge", passed: false, reason: "not yet" },
    leads: fromRunning("running"),
    event: "goal_judged",
  },
  {
    line: "U-063",
    command: { type: "set_model", model: "m", provider: null },
    leads: everywhere,
    event: "model_override_set",
  },
  {
    line: "S-041",
    command: complete,
    leads: { ready: "done", running: "done", blocked: "done" },
    event: "completed",
  },
  {
    line: "S-042",
    command: block(),
    leads: { ready: "blocked", running: "blocked" },
    event: "blocked",
  },
  {
    line: "S-043",
    command: { type: "unblock", byHuman: true },
    leads: { blocked: "ready" },
    event: "unblocked",
  },
  {
    line: "S-044",
    command: { type: "archive" },
    leads: {
      triage: "archived",
      todo: "archived",
      ready: "archived",
      running: "archived",
      blocked: "archived",
      done: "archived",
    },
    event: "archived",
  },
  {
    line: "S-044",
    command: { type: "unarchive" },
    leads: { archived: "todo" },
    event: "status",
  },
  {
    line: "S-063",
    command: { type: "reclaim", reason: null },
    leads: fromRunning("ready"),
    event: "reclaimed",
  },
  {
    line: "S-096",
    command: { type: "spawn_failed", error: "no such program" },
    leads: fromRunning("ready"),
    event: "spawn_failed",
  },
  {
    line: "S-099",
    command: { type: "crash", pid: 7, error: "pid 7 is gone" },
    leads: fromRunning("ready"),
    event: "crashed",
  },
  {
    line: "S-100",
    command: { type: "time_out", pid: 7, elapsedSeconds: 9, limitSeconds: 5, sigkill: false },
    leads: fromRunning("ready"),
    event: "timed_out",
  },
  {
    line: "R-01",
    command: { type: "protocol_violation", pid: 7, error: "ended without a word" },
    leads: fromRunning("ready"),
    event: "protocol_violation",
  },
  {
    line: "R-01",
    command: { type: "rate_limit", error: "429", cooldownSeconds: 300 },
    leads: fromRunning("ready"),
    event: "rate_limited",
  },
  {
    line: "S-045",
    command: { type: "restore", state: parked, unwaive: [], undo: "move" },
    leads: Object.fromEntries(
      statuses.filter((from) => from !== "running").map((from) => [from, "todo"]),
    ),
    event: "status",
  },
  { line: "S-055", command: { type: "promote" }, leads: { todo: "ready" }, event: "promoted" },
  {
    line: "S-052",
    command: { type: "demote", reason: "parent_open", parent: "t_0" },
    leads: { ready: "todo" },
    event: "status",
  },
  {
    line: "S-046",
    command: { type: "decompose", assignee: "boss", childIds: [] },
    leads: { triage: "todo" },
    event: "decomposed",
  },
  {
    line: "S-065",
    command: { type: "assign", assignee: "somebody" },
    leads: everywhereButRunning,
    event: "assigned",
  },
  {
    line: "S-079",
    command: { type: "reprioritize", priority: 5 },
    leads: everywhere,
    event: "reprioritized",
  },
  {
    line: "U-015",
    command: { type: "schedule", at: 1_800_000_000 },
    leads: { triage: "triage", todo: "todo", ready: "ready", blocked: "blocked" },
    event: "scheduled",
  },
  { line: "R-15", command: { type: "edit", title: "new" }, leads: everywhere, event: "edited" },
  move("triage"),
  move("todo"),
  move("ready"),
  move("blocked"),
];

/** Lines that close a status to commands. */
const closed: Partial<Record<Status, string>> = { done: " S-049", archived: " S-044" };

for (const { line, command: what, leads, event } of rules) {
  const name = what.type === "move" ? `move to ${what.to}` : what.type;
  for (const from of statuses) {
    const to = leads[from];
    if (to === undefined) {
      Deno.test(`${line}${closed[from] ?? ""} ${name} from ${from} is refused and changes nothing`, () =>
        withBoard(async (t) => {
          const id = await t.in(from);
          const before = [await t.task(id), await t.runs(id), await t.events(id)];
          const applied = await command(t.board, id, what);
          assert.equal(applied.ok, false);
          assert.ok(!applied.ok && applied.refusal.code === "refused");
          assert.deepEqual([await t.task(id), await t.runs(id), await t.events(id)], before);
        }));
      continue;
    }
    Deno.test(`${line} ${name} from ${from} leads to ${to}`, () =>
      withBoard(async (t) => {
        const id = await t.in(from);
        const before = await t.events(id);
        const applied = await t.do(id, what);
        const task = await t.task(id);
        assert.equal(task.status, to);
        assert.equal(applied.task.status, to, "the returned row is not the stored one");
        const written = (await t.events(id)).slice(before.length).map(({ kind }) => kind);
        const same = what.type === "move" && from === to;
        assert.deepEqual(written, same ? [] : [event]);
        assert.equal(applied.changed, !same);
        await assertReleased(t, id);
      }));
  }
}

Deno.test("S-047 every way out of running clears lock, expiry, pid and pointer", () =>
  withBoard(async (t) => {
    const waysOut = rules.filter(({ leads }) => leads.running && leads.running !== "running");
    assert.ok(waysOut.length >= 12);
    for (const { command: what } of waysOut) {
      const id = await t.in("running");
      await t.do(id, { type: "spawned", process: worker });
      await t.do(id, what);
      const { claim_lock, claim_expires, worker_pid, current_run_id } = await t.task(id);
      assert.deepEqual(
        { claim_lock, claim_expires, worker_pid, current_run_id },
        { claim_lock: null, claim_expires: null, worker_pid: null, current_run_id: null },
        what.type,
      );
      assert.notEqual((await t.run(id)).ended_at, null, what.type);
      assert.notEqual((await t.run(id)).outcome, null, what.type);
    }
  }));

Deno.test("S-046 specify from triage goes through todo; a parent-free task lands in ready", () =>
  withBoard(async (t) => {
    const id = await t.in("triage");
    await t.do(id, { type: "specify", title: "clear", body: null, assignee: null });
    assert.equal(await t.status(id), "ready");
    assert.deepEqual((await t.kinds(id)).slice(-2), ["specified", "promoted"]);
    for (const from of statuses.filter((status) => status !== "triage")) {
      const other = await t.in(from);
      const what = { type: "specify", title: "x", body: null, assignee: null } as const;
      assert.equal((await command(t.board, other, what)).ok, false, from);
    }
  }));

Deno.test("S-048 completed_at is set on done; started_at is set once and kept", () =>
  withBoard(async (t) => {
    const id = await t.add();
    assert.equal((await t.task(id)).started_at, null);
    await t.do(id, claim);
    const started = t.clock.now();
    t.clock.advance(10);
    await t.do(id, { type: "reclaim", reason: null });
    await t.do(id, claim);
    assert.equal((await t.task(id)).started_at, started);
    t.clock.advance(10);
    await t.do(id, complete);
    const task = await t.task(id);
    assert.deepEqual([task.started_at, task.completed_at], [started, started + 20]);
  }));

Deno.test("S-045 leaving done clears completed_at", () =>
  withBoard(async (t) => {
    const id = await t.in("done");
    await t.do(id, { type: "move", to: "ready" });
    assert.equal((await t.task(id)).completed_at, null);
  }));

Deno.test("an unknown task is refused with code not_found by every command", () =>
  withBoard(async (t) => {
    for (const { command: what } of rules) {
      const applied = await command(t.board, "t_ffffffff", what);
      assert.ok(!applied.ok && applied.refusal.code === "not_found", what.type);
    }
    assert.equal(await t.count("task_events"), 0);
  }));

Deno.test("S-040 the transition table and the contract accept the same moves", () => {
  const covered = new Set<CommandType>(["specify"]);
  for (const { command: what, leads } of rules) {
    covered.add(what.type);
    for (const status of statuses) {
      if (what.type === "assign" && status === "running") continue; // refused by a rule of its own
      assert.equal(accepts(what.type, status), status in leads, `${what.type} from ${status}`);
    }
  }
  assert.deepEqual([...covered].sort(), Object.keys(transitions).sort());
});

async function assertReleased(
  t: TestBoard,
  id: string,
): Promise<void> {
  const { status, claim_lock, current_run_id } = await t.task(id);
  const open = (await t.runs(id)).filter((run) => run.ended_at === null).map((run) => run.id);
  if (status === "running") assert.deepEqual([claim_lock, open], [lock, [current_run_id]]);
  else assert.deepEqual([claim_lock, current_run_id, open], [null, null, []]);
}
