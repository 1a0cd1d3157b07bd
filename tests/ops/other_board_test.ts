// Owns: proof of what an agent may do on a board that is not the one of its task.

import assert from "node:assert/strict";
import { mustCommand } from "../../src/kernel/board.ts";
import { createTask } from "../../src/kernel/create.ts";
import { getDetail, getList } from "../../src/kernel/detail.ts";
import { boardsCreate } from "../../src/ops/boards/create.ts";
import type { Actor, OpContext } from "../../src/ops/context.ts";
import { openContext } from "../../src/ops/context.ts";
import { create } from "../../src/ops/tasks/create.ts";
import { runOp } from "../../src/ops/run.ts";
import { boardTools } from "../../src/ops/tool.ts";
import { hostPorts } from "../../src/app/host_ports.ts";
import { silentLog } from "../../src/base/log.ts";
import { addProfile, inOpsWorld, type OpsWorld, person, workerOf } from "./world.ts";

interface Two extends OpsWorld {
  /** The running task of `writer` on the default board. */
  own: { id: string; runId: number };
  /** A person's context on board `website`, which has one task. */
  website: OpContext;
  theirs: string;
  /** Calls a tool in the name of somebody; the reply, parsed. */
  call(actor: Actor, tool: string, args: Record<string, unknown>): Promise<Record<string, unknown>>;
}

async function withTwoBoards(body: (two: Two) => Promise<void>): Promise<void> {
  await inOpsWorld(async (world) => {
    const { home, clock, board, user } = world;
    await addProfile(home, "writer", "toolsets: [kanban]\n");
    await runOp(boardsCreate, user, { slug: "website" });
    const env = { HERMES_HOME: home, HOME: home };
    const website = await openContext({
      env,
      host: hostPorts,
      log: silentLog,
      clock,
      actor: person,
      board: "website",
    });
    try {
      const theirs = (await runOp(create, website, { title: "Theirs", assignee: "ops" })).task.id;
      const { task } = await createTask(board, { title: "Mine", assignee: "writer" });
      const claim = { type: "claim", lock: "h:1", ttlSeconds: 900, lane: "builtin" } as const;
      const { runId } = await mustCommand(board, task.id, claim);
      const call: Two["call"] = async (actor, name, args) => {
        // As a worker has it: its own board's places are pinned.
        const context = await openContext({
          env: { ...env, HERMES_KANBAN_DB: board.path, HERMES_KANBAN_BOARD: "default" },
          host: hostPorts,
          log: silentLog,
          clock,
          actor,
          profile: actor.name,
        });
        try {
          const tool = (await boardTools(context)).find((each) => each.name === name)!;
          return JSON.parse(await tool.run(args));
        } finally {
          await context.close();
        }
      };
      await body({ ...world, own: { id: task.id, runId: runId! }, website, theirs, call });
    } finally {
      await website.close();
    }
  });
}

Deno.test("U-008 a worker shows, lists, creates and comments on another board", () =>
  withTwoBoards(async ({ own, website, theirs, call, board }) => {
    const me = workerOf(own.id, own.runId);
    const shown = await call(me, "kanban_show", { board: "Website", task_id: theirs });
    assert.equal((shown.task as { title: string }).title, "Theirs");
    const listed = await call(me, "kanban_list", { board: "website" });
    assert.deepEqual((listed.tasks as { id: string }[]).map(({ id }) => id), [theirs]);
    const follow = { board: "website", title: "Follow up", assignee: "ops" };
    const created = await call(me, "kanban_create", follow);
    await call(me, "kanban_comment", { board: "website", task_id: theirs, body: "Seen" });
    const there = await website.board();
    assert.equal((await getList(there, {})).length, 2);
    const { comments } = await getDetail(there, theirs);
    assert.deepEqual(comments.map(({ author, body }) => [author, body]), [["writer", "Seen"]]);
    const { task } = await getDetail(there, String(created.task_id));
    assert.deepEqual([task.created_by, task.workspace_kind, task.workspace_path], [
      "writer",
      "scratch",
      null,
    ]);
    assert.equal((await getList(board, {})).length, 1, "nothing came to its own board");
  }));

Deno.test("U-008 what belongs to its own task a worker does on its own board only", () =>
  withTwoBoards(async ({ own, call, theirs, website }) => {
    const me = workerOf(own.id, own.runId);
    const refused: Array<[string, Record<string, unknown>]> = [
      ["kanban_complete", { task_id: theirs, summary: "x" }],
      ["kanban_block", { task_id: theirs, reason: "x" }],
      ["kanban_heartbeat", { task_id: theirs }],
      ["kanban_link", { parent_id: theirs, child_id: own.id }],
      ["kanban_unblock", { task_id: theirs }],
    ];
    for (const [tool, args] of refused) {
      await assert.rejects(call(me, tool, { ...args, board: "website" }), /your task is on board/);
    }
    assert.equal((await getDetail(await website.board(), theirs)).task.status, "ready");
    // Its own board by name is its own board.
    const done = await call(me, "kanban_complete", { board: "default", summary: "x" });
    assert.equal(done.task_id, own.id);
  }));

Deno.test("U-008 a malformed board, an unknown one and a closed run are refused", () =>
  withTwoBoards(async ({ own, call, board }) => {
    const me = workerOf(own.id, own.runId);
    await assert.rejects(
      call(me, "kanban_list", { board: "../x" }),
      /board "\.\.\/x" is malformed/,
    );
    await assert.rejects(call(me, "kanban_list", { board: 7 }), /board 7 is malformed/);
    await assert.rejects(call(me, "kanban_list", { board: "nowhere" }), /board "nowhere"/);
    await mustCommand(board, own.id, { type: "reclaim", reason: null });
    const late = { board: "website", title: "late", assignee: "ops" };
    await assert.rejects(call(me, "kanban_create", late), /run \d+: that run is closed/);
  }));

Deno.test("U-054 kanban_list shows 50, at most 200, and says with which limit it shows more", () =>
  withTwoBoards(async ({ own, call, board }) => {
    for (let n = 0; n < 59; n++) await createTask(board, { title: `T${n}` });
    const me = workerOf(own.id, own.runId);
    const brief = async (args: Record<string, unknown>) => {
      const { tasks, truncated, next_limit } = await call(me, "kanban_list", args);
      return [(tasks as unknown[]).length, truncated, next_limit];
    };
    assert.deepEqual(await brief({}), [50, true, 60]);
    assert.deepEqual(await brief({ limit: 60 }), [60, false, null]);
    for (let n = 0; n < 150; n++) await createTask(board, { title: `U${n}` });
    assert.deepEqual(await brief({}), [50, true, 200]);
    assert.deepEqual(await brief({ limit: 9999 }), [200, true, null]);
  }));
