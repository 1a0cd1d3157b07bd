// Owns: proof of the files that are handed over with a completion.

import assert from "node:assert/strict";
import { join } from "node:path";
import { mustCommand } from "../../src/kernel/board.ts";
import { createTask } from "../../src/kernel/create.ts";
import { getTask } from "../../src/kernel/detail.ts";
import { recordWorkspace } from "../../src/kernel/workspaces.ts";
import { attachments } from "../../src/ops/tasks/attach.ts";
import { complete } from "../../src/ops/tasks/complete.ts";
import type { OpContext } from "../../src/ops/context.ts";
import { runOp } from "../../src/ops/run.ts";
import { inOpsWorld, type OpsWorld, workerOf } from "./world.ts";

/** A running scratch task with its folder, and its worker's context. */
async function atWork(
  { home, board, as }: OpsWorld,
  kind: "scratch" | "dir" = "scratch",
): Promise<{ id: string; folder: string; worker: OpContext }> {
  const folder = join(home, kind === "dir" ? "project" : "workspaces/scratch");
  await Deno.mkdir(folder, { recursive: true });
  const workspacePath = kind === "dir" ? folder : null;
  const { task } = await createTask(board, {
    title: "Measure",
    workspaceKind: kind,
    workspacePath,
  });
  const claim = { type: "claim", lock: "host:1", ttlSeconds: 900, lane: null } as const;
  const { runId } = await mustCommand(board, task.id, claim);
  await recordWorkspace(board, task.id, { path: folder, branch: null });
  return { id: task.id, folder, worker: await as(workerOf(task.id, runId)) };
}

Deno.test("U-050 artifacts of a scratch folder are copied out, recorded and listed in the event", () =>
  inOpsWorld(async (world) => {
    const { id, folder, worker } = await atWork(world);
    await Deno.writeTextFile(join(folder, "tides.csv"), "a,b\n");
    const input = { task_id: id, summary: "done", artifacts: ["tides.csv"] };
    const { artifacts } = await runOp(complete, worker, input);
    await Deno.remove(folder, { recursive: true });
    assert.equal(artifacts.length, 1);
    assert.equal(await Deno.readTextFile(artifacts[0]!.path), "a,b\n");
    const listed = await runOp(attachments, worker, { task_id: id });
    assert.deepEqual(listed.attachments.map(({ filename }) => filename), ["tides.csv"]);
  }));

Deno.test("U-050 a missing artifact refuses the completion; nothing is kept and the task is in flight", () =>
  inOpsWorld(async (world) => {
    const { id, folder, worker } = await atWork(world);
    await Deno.writeTextFile(join(folder, "here.txt"), "x");
    const input = { task_id: id, summary: "done", artifacts: ["here.txt", "gone.txt"] };
    await assert.rejects(runOp(complete, worker, input), /artifact "gone.txt": no such file/);
    assert.equal((await getTask(world.board, id)).status, "running");
    assert.deepEqual((await runOp(attachments, worker, { task_id: id })).attachments, []);
    const folderAsFile = { task_id: id, summary: "done", artifacts: ["."] };
    await assert.rejects(runOp(complete, worker, folderAsFile), /no regular file/);
  }));

Deno.test("U-050 P-056 a worker hands over files of its own workspace only, links followed", () =>
  inOpsWorld(async (world) => {
    const { id, folder, worker } = await atWork(world);
    const secret = join(world.home, "secret.txt");
    await Deno.writeTextFile(secret, "s3cret");
    await Deno.symlink(secret, join(folder, "link.txt"));
    for (const path of [secret, "../../secret.txt", "link.txt"]) {
      const input = { task_id: id, summary: "done", artifacts: [path] };
      await assert.rejects(runOp(complete, worker, input), /outside the task's workspace/, path);
    }
    assert.equal((await getTask(world.board, id)).status, "running");
  }));

Deno.test("U-050 copies are taken back when the completion is refused after all", () =>
  inOpsWorld(async (world) => {
    const { id, folder, worker } = await atWork(world);
    await Deno.writeTextFile(join(folder, "a.txt"), "x");
    const claims = { artifacts: ["a.txt"], created_cards: ["t_deadbeef"] };
    await assert.rejects(
      runOp(complete, worker, { task_id: id, summary: "x", ...claims }),
      /t_deadbeef/,
    );
    assert.deepEqual((await runOp(attachments, worker, { task_id: id })).attachments, []);
  }));

Deno.test("U-050 artifacts of a folder that stays are named where they lie", () =>
  inOpsWorld(async (world) => {
    const { id, folder, worker } = await atWork(world, "dir");
    await Deno.writeTextFile(join(folder, "report.md"), "# x");
    const input = { task_id: id, summary: "done", artifacts: ["report.md"] };
    const { artifacts } = await runOp(complete, worker, input);
    assert.deepEqual(artifacts, [{ name: "report.md", path: join(folder, "report.md"), size: 3 }]);
    assert.deepEqual((await runOp(attachments, worker, { task_id: id })).attachments, []);
  }));
