// Owns: tests of the check-up of a board and of what surrounds it.

import assert from "node:assert/strict";
import { join } from "node:path";
import { hostPorts } from "../../src/app/host_ports.ts";
import { silentLog } from "../../src/base/log.ts";
import { command } from "../../src/kernel/board.ts";
import { createTask } from "../../src/kernel/create.ts";
import { getTask } from "../../src/kernel/detail.ts";
import { openContext } from "../../src/ops/context.ts";
import { doctor, type DoctorOutput } from "../../src/ops/care/doctor.ts";
import { runOp } from "../../src/ops/run.ts";
import { lockDispatch } from "../../src/dispatcher/lock.ts";
import { emptyIndex, namesIn, ruinPageOf, titlesIn } from "../kernel/damage.ts";
import { addProfile, inOpsWorld, type OpsWorld, person } from "./world.ts";

function found(output: DoctorOutput, check: string) {
  return output.findings.find((each) => each.check === check);
}

/** A check-up by a process that has not opened the board yet. */
async function checkUp(world: OpsWorld, input: { fix?: boolean } = {}): Promise<DoctorOutput> {
  const context = await world.as(person);
  try {
    return await runOp(doctor, context, input);
  } finally {
    await context.close();
  }
}

Deno.test("doctor on a sound board finds no trouble and names the engine", () =>
  inOpsWorld(async (world) => {
    await createTask(world.board, { title: "x" });
    const output = await checkUp(world);
    assert.equal(output.healthy, true);
    assert.match(output.sqlite!, /^3\.\d+\.\d+ \((wal|delete)\)$/);
    assert.deepEqual(output.findings.map((each) => each.check), ["backups"]);
    assert.ok(output.findings.every((each) => each.severity === "info"));
  }));

Deno.test("U-069 doctor names what is wrong with a damaged file, keeps a copy, and does not touch it", () =>
  inOpsWorld(async (world) => {
    for (let number = 0; number < 60; number++) {
      await createTask(world.board, { title: `task ${number}`, body: "x".repeat(300) });
    }
    await world.user.close();
    const { db } = world.user.boardPaths;
    ruinPageOf(db, "tasks");
    const before = await Deno.readFile(db);
    for (const fix of [false, true]) {
      const output = await checkUp(world, { fix });
      assert.deepEqual([output.healthy, output.sqlite], [false, null]);
      const damage = found(output, "integrity")!;
      assert.deepEqual([damage.severity, damage.fixable, damage.fixed], ["error", false, false]);
      assert.match(damage.remedy, /corrupt\.[0-9a-f]{16}\.bak.*hermes kanban restore/);
      assert.equal(found(output, "damaged_copies")!.count, 1);
    }
    assert.deepEqual(await Deno.readFile(db), before);
  }));

for (
  const [kind, ruin] of [
    ["that lost entries", emptyIndex],
    ["that is rubbish", ruinPageOf],
  ] as const
) {
  Deno.test(`U-069 doctor --fix rebuilds an index ${kind} and keeps the file as it was`, () =>
    inOpsWorld(async (world) => {
      for (let number = 0; number < 60; number++) {
        await createTask(world.board, { title: `task ${number}`, body: "x".repeat(300) });
      }
      await world.user.close();
      const { db } = world.user.boardPaths;
      ruin(db, "idx_tasks_board");
      const damaged = await Deno.readFile(db);
      const first = await checkUp(world);
      assert.equal(first.healthy, false);
      assert.equal(found(first, "integrity")!.fixable, true);
      const second = await checkUp(world, { fix: true });
      assert.deepEqual([second.healthy, found(second, "integrity")!.fixed], [true, true]);
      const [copy] = namesIn(world.home).filter((name) => name.endsWith(".bak"));
      assert.deepEqual(await Deno.readFile(join(world.home, copy!)), damaged);
      assert.equal(titlesIn(db).length, 60);
      assert.equal(found(await checkUp(world), "integrity"), undefined);
    }));
}

Deno.test("doctor tells a board that is not there yet from one that was lost", () =>
  inOpsWorld(async (world) => {
    await createTask(world.board, { title: "x" });
    await world.user.close();
    const { db, dir } = world.user.boardPaths;
    await Deno.mkdir(join(dir, "backups"), { recursive: true });
    const backup = join(dir, "backups", "kanban-2026-08-01.db");
    await Deno.rename(db, backup);
    const lost = found(await checkUp(world), "file")!;
    assert.equal(lost.severity, "error");
    assert.ok(lost.remedy.includes(`hermes kanban restore '${backup}'`));
    await Deno.remove(backup);
    assert.equal(found(await checkUp(world), "file")!.severity, "info");
    assert.ok(!namesIn(world.home).includes("kanban.db"), "a check-up makes no board");
  }));

Deno.test("doctor --fix puts rows right through the lifecycle, doctor alone changes nothing", () =>
  inOpsWorld(async (world) => {
    const { board } = world;
    const { task } = await createTask(board, { title: "x" });
    await board.engine.write((tx) =>
      tx.run("UPDATE tasks SET claim_lock = 'gone:1' WHERE id = ?", [task.id])
    );
    const looked = await checkUp(world);
    assert.equal(found(looked, "stray_claims")!.fixed, false);
    assert.equal((await getTask(board, task.id)).claim_lock, "gone:1");
    const mended = await checkUp(world, { fix: true });
    assert.deepEqual([mended.healthy, found(mended, "stray_claims")!.fixed], [true, true]);
    assert.equal((await getTask(board, task.id)).claim_lock, null);
    assert.equal((await checkUp(world)).healthy, true);
  }));

Deno.test("doctor --fix gives back the task of a worker that is gone, unless a gateway looks after it", () =>
  inOpsWorld(async (world) => {
    const { board, user } = world;
    const { task } = await createTask(board, { title: "x" });
    const lock = `${user.host.hostName()}:1`;
    await command(board, task.id, { type: "claim", lock, ttlSeconds: 900, lane: "builtin" });
    await command(board, task.id, {
      type: "spawned",
      process: { pid: 1, start: "not when pid 1 started", boot: user.host.self().bootId },
    });
    const dispatching = await lockDispatch(user.boardPaths);
    const watched = await checkUp(world, { fix: true });
    assert.equal(watched.dispatched, true);
    assert.equal(found(watched, "lost_workers"), undefined);
    dispatching!.release();
    assert.equal(found(await checkUp(world), "lost_workers")!.fixed, false);
    assert.equal((await getTask(board, task.id)).status, "running");
    assert.equal(found(await checkUp(world, { fix: true }), "lost_workers")!.fixed, true);
    assert.equal((await getTask(board, task.id)).status, "ready");
  }));

Deno.test("doctor names expired claims of other machines but does not judge them", () =>
  inOpsWorld(async (world) => {
    const { board, clock } = world;
    const { task } = await createTask(board, { title: "x" });
    await command(board, task.id, {
      type: "claim",
      lock: "far:5",
      ttlSeconds: 60,
      lane: "builtin",
    });
    clock.advance(120);
    const expired = found(await checkUp(world, { fix: true }), "expired_claims")!;
    assert.deepEqual([expired.severity, expired.fixed], ["warning", false]);
    assert.match(expired.examples[0]!, /held by far:5/);
    assert.equal((await getTask(board, task.id)).status, "running");
  }));

Deno.test("doctor names assignees without a profile, and a configuration that cannot be read", () =>
  inOpsWorld(async (world) => {
    await addProfile(world.home, "writer");
    for (const assignee of ["writer", "ghost", "ghost"]) {
      await createTask(world.board, { title: "x", assignee });
    }
    await Deno.writeTextFile(join(world.home, "config.yaml"), "kanban:\n  failure_limti: 2\n");
    const odd = await checkUp(world);
    assert.deepEqual(found(odd, "assignees")!.examples, ["ghost (2 tasks)"]);
    assert.match(found(odd, "config")!.what, /failure_limti.*did you mean kanban.failure_limit/);
    assert.equal(odd.healthy, true);
    await Deno.writeTextFile(join(world.home, "config.yaml"), "kanban:\n  failure_limit: soon\n");
    const broken = await checkUp(world);
    assert.equal(found(broken, "config")!.severity, "error");
    assert.match(found(broken, "config")!.what, /failure_limit/);
    assert.equal(broken.healthy, false);
    assert.equal(broken.findings[0]!.severity, "error", "the worst first");
  }));

Deno.test("P-063 doctor --fix moves scratch folders without a task to the trash, and nothing else", () =>
  inOpsWorld(async (world) => {
    const { task } = await createTask(world.board, { title: "x" });
    const root = world.user.boardPaths.workspacesRoot;
    for (const name of [task.id, "t_0badcafe", "notes"]) {
      await Deno.mkdir(join(root, name), { recursive: true });
    }
    const orphan = found(await checkUp(world), "workspaces")!;
    assert.deepEqual(orphan.examples, [join(root, "t_0badcafe")]);
    assert.deepEqual(namesIn(root), [task.id, "notes", "t_0badcafe"].sort());
    assert.equal(found(await checkUp(world, { fix: true }), "workspaces")!.fixed, true);
    assert.deepEqual(namesIn(root), [".trash", task.id, "notes"].sort());
    assert.match(namesIn(join(root, ".trash"))[0]!, /^t_0badcafe\.\d+$/);
  }));

Deno.test("doctor leaves folders alone that a fixed place shares with other boards", () =>
  inOpsWorld(async (world) => {
    await createTask(world.board, { title: "x" });
    const shared = join(world.home, "shared");
    await Deno.mkdir(join(shared, "t_0badcafe"), { recursive: true });
    const context = await world.as(person, { HERMES_KANBAN_WORKSPACES_ROOT: shared });
    const output = await runOp(doctor, context, { fix: true });
    assert.deepEqual([found(output, "workspaces")!.fixable, found(output, "workspaces")!.fixed], [
      false,
      false,
    ]);
    assert.deepEqual(namesIn(shared), ["t_0badcafe"]);
  }));

Deno.test("doctor of a board that nobody made says which boards there are", () =>
  inOpsWorld(async (world) => {
    const other = await openContext({
      env: { HERMES_HOME: world.home },
      host: hostPorts,
      log: silentLog,
      board: "nowhere",
    });
    await assert.rejects(runOp(doctor, other, {}), { code: "not_found", remedy: /default/ });
    await other.close();
  }));

Deno.test("doctor --fix deletes half-written copies that nobody works on any more, and nothing else", () =>
  inOpsWorld(async (world) => {
    await createTask(world.board, { title: "x" });
    const old = [".kanban.db.0123456789ab.tmp", ".kanban.db.0123456789ab.tmp-journal"];
    const others = [".kanban.db.ba9876543210.tmp", ".kanban.db.mine.tmp", "kanban.db.copy"];
    for (const name of [...old, ...others]) {
      const file = join(world.home, name);
      await Deno.writeTextFile(file, "half");
      const at = world.clock.now() - (name === others[0] ? 60 : 7200);
      await Deno.utime(file, at, at);
    }
    assert.deepEqual(
      found(await checkUp(world), "abandoned_copies")!.examples,
      old.map((name) => join(world.home, name)),
    );
    assert.equal(found(await checkUp(world, { fix: true }), "abandoned_copies")!.fixed, true);
    const left = namesIn(world.home);
    assert.ok(others.every((name) => left.includes(name)));
    assert.ok(old.every((name) => !left.includes(name)));
  }));
