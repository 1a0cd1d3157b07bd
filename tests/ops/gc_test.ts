// Owns: tests of clearing away what finished tasks have left behind.

import assert from "node:assert/strict";
import { join } from "node:path";
import { command } from "../../src/kernel/board.ts";
import { createTask, type NewTask } from "../../src/kernel/create.ts";
import { recordWorkspace } from "../../src/kernel/workspaces.ts";
import { gc } from "../../src/ops/care/gc.ts";
import { runOp } from "../../src/ops/run.ts";
import { inOpsWorld, type OpsWorld, workerOf } from "./world.ts";

const day = 86_400;

async function archived(world: OpsWorld, input: Partial<NewTask> = {}): Promise<string> {
  const { task } = await createTask(world.board, { title: "x", ...input });
  await command(world.board, task.id, { type: "archive" });
  return task.id;
}

/** Makes a folder with a file in it and returns its path. */
async function folder(...parts: string[]): Promise<string> {
  const path = join(...parts);
  await Deno.mkdir(path, { recursive: true });
  await Deno.writeTextFile(join(path, "work.md"), "hours of work");
  return path;
}

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory || true;
  } catch {
    return false;
  }
}

Deno.test("S-120 gc moves scratch folders of archived tasks to the trash, and deletes them days later", () =>
  inOpsWorld(async (world) => {
    const root = world.user.boardPaths.workspacesRoot;
    const gone = await folder(root, await archived(world));
    const { task: ready } = await createTask(world.board, { title: "still open" });
    const open = await folder(root, ready.id);
    const first = await runOp(gc, world.user, {});
    assert.deepEqual(
      [first.workspaces, first.events, first.logs, first.trash_emptied, first.kept],
      [1, 0, 0, 0, []],
    );
    assert.ok(!isThere(gone) && isThere(open));
    const [thrown] = [...Deno.readDirSync(join(root, ".trash"))];
    assert.equal(
      await Deno.readTextFile(join(root, ".trash", thrown!.name, "work.md")),
      "hours of work",
    );
    world.clock.advance(7 * day - 1);
    assert.equal((await runOp(gc, world.user, {})).trash_emptied, 0);
    world.clock.advance(1);
    assert.equal((await runOp(gc, world.user, {})).trash_emptied, 1);
    assert.ok(!isThere(join(root, ".trash", thrown!.name)));
  }));

Deno.test("S-120 P-063 gc leaves alone what lies outside, dir and worktree workspaces, and worktrees in scratch", () =>
  inOpsWorld(async (world) => {
    const root = world.user.boardPaths.workspacesRoot;
    const mine = await folder(world.home, "my project");
    const elsewhere = await archived(world, { workspacePath: mine });
    const dir = await archived(world, { workspaceKind: "dir", workspacePath: mine });
    const tree = await archived(world, { workspaceKind: "worktree", workspacePath: mine });
    const checkout = await folder(mine, ".worktrees", tree);
    await recordWorkspace(world.board, tree, { path: checkout, branch: "wt" });
    const holder = await archived(world);
    const held = await folder(root, holder, "checkout");
    await Deno.writeTextFile(join(held, ".git"), "gitdir: /somewhere/.git/worktrees/checkout");
    const link = await archived(world);
    await Deno.symlink(mine, join(root, link));
    const output = await runOp(gc, world.user, {});
    assert.equal(output.workspaces, 0);
    assert.deepEqual(
      new Map(output.kept.map((kept) => [kept.task_id, kept.reason])),
      new Map([[elsewhere, "outside"], [holder, "worktree"], [link, "outside"]]),
    );
    for (const path of [mine, checkout, held]) {
      assert.ok(isThere(path), path);
    }
    assert.equal(await Deno.readTextFile(join(mine, "work.md")), "hours of work");
    assert.ok(!output.kept.some((kept) => kept.task_id === dir));
  }));

Deno.test("S-120 S-187 gc deletes old events of finished tasks, and old logs of tasks that do not run", () =>
  inOpsWorld(async (world) => {
    const { board, clock, user } = world;
    await archived(world);
    const { task: open } = await createTask(board, { title: "open", assignee: "writer" });
    await command(board, open.id, { type: "claim", lock: "h:1", ttlSeconds: null, lane: null });
    const logs = user.boardPaths.logsRoot;
    await Deno.mkdir(logs, { recursive: true });
    const write = async (name: string, ageDays: number) => {
      await Deno.writeTextFile(join(logs, name), "x");
      const at = clock.now() - ageDays * day;
      await Deno.utime(join(logs, name), at, at);
    };
    await write("t_1.log", 31);
    await write("t_1.log.1", 40);
    await write("t_1.7.jsonl", 31);
    await write("t_2.log", 29);
    await write(`${open.id}.log`, 400);
    await write("notes.txt", 400);
    await Deno.symlink(join(world.home, "t_9.log"), join(logs, "t_9.log"));
    const first = await runOp(gc, user, {});
    assert.deepEqual([first.events, first.logs], [0, 3]);
    const left = [...Deno.readDirSync(logs)].map(({ name }) => name).sort();
    assert.deepEqual(left, ["notes.txt", `${open.id}.log`, "t_2.log", "t_9.log"].sort());
    clock.advance(31 * day);
    const second = await runOp(gc, user, { log_retention_days: 365 });
    assert.equal(second.events, 2, "created and archived");
    assert.equal(second.logs, 0);
    const third = await runOp(gc, user, { log_retention_days: 1, event_retention_days: 0 });
    assert.deepEqual([third.events, third.logs], [0, 1]);
    const events = await board.engine.read((tx) => tx.all("SELECT id FROM task_events"));
    assert.equal(events.length, 2, "those of the open task stay");
  }));

Deno.test("gc is not for workers", () =>
  inOpsWorld(async (world) => {
    const { task } = await createTask(world.board, { title: "x" });
    const worker = await world.as(workerOf(task.id, null));
    await assert.rejects(runOp(gc, worker, {}), { code: "forbidden" });
  }));
