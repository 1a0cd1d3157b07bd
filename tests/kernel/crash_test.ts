// Owns: proof that a writer killed at any moment leaves the board as it was before, or as it is after.

import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ManualClock } from "../../src/base/clock.ts";
import { countingIds } from "../../src/base/ids.ts";
import { openBoard } from "../../src/kernel/board.ts";
import { link } from "../../src/kernel/graph.ts";
import type { Command, CommandType } from "../../src/kernel/lifecycle/commands.ts";
import { createTask } from "../../src/kernel/create.ts";
import { defaultPolicy } from "../../src/kernel/lifecycle/decision.ts";
import { block, claim, complete, inTempDir, TestBoard } from "./board_fixture.ts";
import { type Act, openForAct, performAct } from "./crash/acts.ts";
import { dumpOf } from "./crash/dump.ts";
import { checkBoard } from "./invariants.ts";

/** Times a working writer is killed per journal. */
const kills = Number(Deno.env.get("HERMES_CRASH_KILLS") ?? 10);

/** Makes the board that an act begins with, and says what the act is. */
type Scene = (t: TestBoard) => Promise<Act>;

/** A task that runs, with a child that waits for it and one that waits for another task too. */
async function running(t: TestBoard): Promise<string> {
  const parent = await t.add({ assignee: "ana" });
  const other = await t.add();
  await t.add({ parents: [parent] });
  await t.add({ parents: [parent] });
  await t.add({ parents: [parent, other] });
  await t.claimed(parent);
  return parent;
}

/** A command to a task that runs. */
function whileRunning(command: Command): Scene {
  return async (t) => ({ do: "command", id: await running(t), command });
}

function from(status: "triage" | "todo" | "ready" | "blocked" | "done", command: Command): Scene {
  return async (t) => {
    const id = await t.in(status, { assignee: "ana" });
    await t.add({ parents: [id] });
    return { do: "command", id, command };
  };
}

/** Every command of the lifecycle, where it does most. */
const commands: Record<CommandType, Scene> = {
  claim: from("ready", claim),
  extend: whileRunning({ type: "extend", lock: claim.lock, ttlSeconds: 60 }),
  spawned: whileRunning({ type: "spawned", process: { pid: 7, start: "1", boot: "b" } }),
  heartbeat: whileRunning({ type: "heartbeat", note: "half" }),
  complete: whileRunning({ ...complete, summary: "done", metadata: { files: 1 } }),
  block: from("ready", block("which one?")),
  unblock: from("blocked", { type: "unblock", byHuman: true }),
  archive: whileRunning({ type: "archive" }),
  unarchive: async (t) => {
    const id = await t.in("archived", { idempotencyKey: "k" });
    return { do: "command", id, command: { type: "unarchive" } };
  },
  reclaim: whileRunning({ type: "reclaim", reason: "expired" }),
  spawn_failed: whileRunning({ type: "spawn_failed", error: "no such program" }),
  crash: async (t) => {
    const id = await running(t);
    await t.raw("UPDATE tasks SET consecutive_failures = 2");
    return { do: "command", id, command: { type: "crash", pid: 7, error: "gone" } };
  },
  time_out: whileRunning({
    ...{ type: "time_out", pid: 7, elapsedSeconds: 9, limitSeconds: 5, sigkill: true },
  }),
  protocol_violation: whileRunning({ type: "protocol_violation", pid: 7, error: "mute" }),
  rate_limit: whileRunning({ type: "rate_limit", error: "429", cooldownSeconds: 30 }),
  assign: from("ready", { type: "assign", assignee: "bob" }),
  reprioritize: from("ready", { type: "reprioritize", priority: 9 }),
  edit: from("ready", { type: "edit", title: "new", body: "text" }),
  schedule: from("ready", { type: "schedule", at: 1_800_000_000 }),
  // Out of done: the children that were let go are called back.
  move: from("done", { type: "move", to: "todo" }),
  restore: async (t) => {
    const id = await t.in("archived");
    const state = {
      ...{ status: "ready", held: 0, completed_at: null, not_before: null, result: null },
      ...{ idempotency_key: null, consecutive_failures: 0, last_failure_error: null },
      ...{ block_kind: null, block_recurrences: 0, loop_guard: 0 },
    };
    return { do: "command", id, command: { type: "restore", state, unwaive: [], undo: "archive" } };
  },
  judge: whileRunning({ type: "judge", passed: false, reason: "no tests yet" }),
  set_model: from("ready", { type: "set_model", model: "big", provider: "openai" }),
  promote: from("todo", { type: "promote" }),
  demote: from("ready", { type: "demote", reason: "parent_open", parent: "t_00000001" }),
  specify: async (t) => ({ do: "specify", id: await t.add({ triage: true }) }),
  decompose: async (t) => {
    const rootId = await t.add({ triage: true, tenant: "acme" });
    const child = { title: "a child", body: "", assignee: "ana" };
    const children = [{ ...child, parents: [] }, { ...child, parents: [0] }];
    const plan = { rootId, children, orchestrator: "boss", author: "planner", autoPromote: true };
    return { do: "plan", plan };
  },
};

const others: Record<string, Scene> = {
  "a refused claim": async (t) => {
    const parent = await t.add();
    const id = await t.add();
    await link(t.board, parent, id);
    await t.raw("UPDATE tasks SET status = 'ready' WHERE id = ?", [id]);
    return { do: "command", id, command: claim };
  },
  "a fenced write": async (t) => {
    const id = await running(t);
    await t.do(id, { type: "reclaim", reason: null });
    const run = await t.claimed(id);
    return { do: "command", id, command: complete, context: { fence: run - 1 } };
  },
  "three creations in one commit": async (t) => {
    const parent = await t.add();
    const task = { title: "new", parents: [parent], idempotencyKey: "k" };
    return { do: "create", tasks: [task, { title: "other" }, task] };
  },
  link: async (t) => ({ do: "link", parent: await t.add(), child: await t.add() }),
  unlink: async (t) => {
    const parent = await t.add();
    return { do: "unlink", parent, child: await t.add({ parents: [parent] }) };
  },
  comment: async (t) => ({ do: "comment", id: await t.add(), fence: null }),
  undo: async (t) => {
    await createTask(t.board, { title: "a mistake" }, null, "pat");
    return { do: "undo" };
  },
};

for (const [name, scene] of Object.entries({ ...commands, ...others })) {
  Deno.test(`S-075 a process killed at any write boundary of ${name} leaves all of it or nothing`, () =>
    inTempDir(async (dir) => {
      const begin = join(dir, "begin.db");
      const act = await setScene(begin, scene);
      const before = dumpOf(begin);
      const { boundaries, after } = await whole(dir, begin, act);
      assert.notDeepEqual(after, before, "the act writes nothing");
      await forEach(range(boundaries), async (boundary) => {
        const path = await killedAt(dir, begin, act, boundary);
        const committed = boundary === boundaries;
        await checkFile(path, committed ? after : before);
        if (committed) return;
        await actAgain(path, act);
        assert.deepEqual(dumpOf(path), after, `the act after boundary ${boundary}`);
      });
    }));
}

for (const layout of ["no file", "first_layout", "newest_layout"]) {
  Deno.test(`S-024 P-044 a process killed at any write boundary of the migration of ${layout} loses nothing`, () =>
    inTempDir(async (dir) => {
      const begin = layout === "no file" ? null : join(dir, "begin.db");
      if (begin !== null) await load(layout, begin);
      const { boundaries, after } = await whole(dir, begin, { do: "open" });
      // Transactions are whole anyhow: every third boundary meets each of them.
      const some = range(boundaries).filter((boundary) => boundary % 3 === 0);
      await forEach(some, async (boundary) => {
        const path = await killedAt(dir, begin, { do: "open" }, boundary);
        await (await openForAct(path)).close();
        assert.deepEqual(dumpOf(path), after, `the next opening after boundary ${boundary}`);
      });
    }));
}

for (
  const { journal, version } of [{ journal: "wal", version: "" }, {
    journal: "delete",
    version: "3.50.2",
  }]
) {
  Deno.test(`S-075 a writer killed at any moment, also while it commits, loses nothing confirmed on journal ${journal}`, () =>
    inTempDir(async (dir) => {
      const path = join(dir, "kanban.db");
      const board = await openBoard({ slug: "default", path, sqliteVersion: version || undefined });
      assert.equal(board.engine.info.journal, journal);
      await board.close();
      const confirmed: string[] = [];
      for (let kill = 0; kill < kills; kill++) {
        confirmed.push(...await killAfter(15 + 13 * kill, path, version));
        const again = await openBoard({
          slug: "default",
          path,
          sqliteVersion: version || undefined,
        });
        await checkBoard(again);
        const done = await again.engine.read((tx) =>
          tx.all<{ id: string }>("SELECT id FROM tasks WHERE status = 'done'")
        );
        const ids = new Set(done.map(({ id }) => id));
        assert.deepEqual(confirmed.filter((id) => !ids.has(id)), [], "confirmed and lost");
        await again.close();
      }
      assert.ok(confirmed.length > 0, "no writer got to work");
    }));
}

async function setScene(path: string, scene: Scene): Promise<Act> {
  const policy = { ...defaultPolicy };
  const clock = new ManualClock();
  const board = await openBoard({ slug: "default", path, clock, ids: countingIds() });
  try {
    return await scene(new TestBoard(board, clock, "", policy));
  } finally {
    await board.close();
  }
}

async function load(layout: string, path: string): Promise<void> {
  const database = new DatabaseSync(path);
  database.exec(await Deno.readTextFile(new URL(`./dumps/${layout}.sql`, import.meta.url)));
  database.close();
}

/** Performs an act with nobody killed: how many boundaries it has, and what it leaves. */
async function whole(dir: string, begin: string | null, act: Act) {
  const path = await copyOf(begin, join(dir, "whole.db"));
  const { code, stdout } = await victim([path, JSON.stringify(act), "0"]);
  assert.equal(code, 0);
  const boundaries = Number(stdout);
  assert.ok(boundaries >= 3, "BEGIN, a write and COMMIT at least");
  return { boundaries, after: dumpOf(path) };
}

async function killedAt(
  dir: string,
  begin: string | null,
  act: Act,
  boundary: number,
): Promise<string> {
  const path = await copyOf(begin, join(dir, `killed at ${boundary}.db`));
  const { signal } = await victim([path, JSON.stringify(act), String(boundary)]);
  assert.equal(signal, "SIGKILL", `the process survived boundary ${boundary}`);
  return path;
}

/** Checks what a killed process left: the rows, and that everything holds that must hold. */
async function checkFile(path: string, expected: unknown): Promise<void> {
  const board = await openForAct(path);
  try {
    await checkBoard(board);
  } finally {
    await board.close();
  }
  assert.deepEqual(dumpOf(path), expected);
}

async function actAgain(path: string, act: Act): Promise<void> {
  const board = await openForAct(path);
  try {
    await performAct(board, act);
  } finally {
    await board.close();
  }
}

async function victim(args: string[]) {
  const program = new URL("./crash/victim.ts", import.meta.url).pathname;
  const { code, signal, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-check", program, ...args],
    stdin: "null",
    stderr: "inherit",
  }).output();
  return { code, signal, stdout: new TextDecoder().decode(stdout) };
}

/** Lets a writer work for `ms` milliseconds from its first confirmation on; returns what was confirmed. */
async function killAfter(ms: number, path: string, version: string): Promise<string[]> {
  const program = new URL("./crash/writer.ts", import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-check", program, path, version],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let output = "";
  let alarm: ReturnType<typeof setTimeout> | undefined;
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    output += text;
    alarm ??= setTimeout(() => child.kill("SIGKILL"), ms);
  }
  clearTimeout(alarm);
  const { signal } = await child.status;
  assert.equal(signal, "SIGKILL", "the writer ended by itself");
  return output.split("\n").slice(0, -1);
}

async function copyOf(begin: string | null, path: string): Promise<string> {
  if (begin !== null) await Deno.copyFile(begin, path);
  return path;
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index + 1);
}

/** Works on the items two at a time: most of it is waiting for processes. */
async function forEach(items: readonly number[], work: (item: number) => Promise<void>) {
  const left = items.values();
  const lanes = await Promise.allSettled([0, 1].map(async () => {
    for (const item of left) await work(item);
  }));
  for (const lane of lanes) if (lane.status === "rejected") throw lane.reason;
}
