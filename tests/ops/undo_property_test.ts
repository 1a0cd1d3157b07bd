// Owns: the proof that undoing step by step leads back through every state the board was in.

import assert from "node:assert/strict";
import fc from "fast-check";
import { checkBoard } from "../kernel/invariants.ts";
import { archive } from "../../src/ops/tasks/archive.ts";
import { assign } from "../../src/ops/tasks/assign.ts";
import { block } from "../../src/ops/tasks/block.ts";
import { complete } from "../../src/ops/tasks/complete.ts";
import { create } from "../../src/ops/tasks/create.ts";
import type { Operation } from "../../src/ops/define.ts";
import { edit } from "../../src/ops/tasks/edit.ts";
import { link } from "../../src/ops/tasks/link.ts";
import { move } from "../../src/ops/tasks/move.ts";
import { promote } from "../../src/ops/tasks/promote.ts";
import { runOp } from "../../src/ops/run.ts";
import { unblock } from "../../src/ops/tasks/unblock.ts";
import { undo } from "../../src/ops/tasks/undo.ts";
import { unlink } from "../../src/ops/tasks/unlink.ts";
import { inOpsWorld, type OpsWorld } from "./world.ts";

const taskCount = 4;

const onOne: Record<string, [Operation, object]> = {
  archive: [archive as Operation, {}],
  assign: [assign as Operation, { assignee: "ana" }],
  unassign: [assign as Operation, { assignee: null }],
  block: [block as Operation, { reason: "why?", kind: "needs_input" }],
  complete: [complete as Operation, { result: "r" }],
  edit: [edit as Operation, { title: "new", priority: 2 }],
  promote: [promote as Operation, {}],
  unblock: [unblock as Operation, {}],
  triage: [move as Operation, { to: "triage" }],
  todo: [move as Operation, { to: "todo" }],
  ready: [move as Operation, { to: "ready" }],
};

const onTwo: Record<string, Operation> = {
  link: link as Operation,
  unlink: unlink as Operation,
};

/** A verb and the numbers of one or two tasks. */
const action = fc.tuple(
  fc.constantFrom(...Object.keys(onOne), ...Object.keys(onTwo)),
  fc.nat(taskCount - 1),
  fc.nat(taskCount - 1),
);

Deno.test("S-075 undoing whatever people did, step by step, leads back through every state, invariants kept", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(action, { minLength: 1, maxLength: 12 }),
      (actions) =>
        inOpsWorld(async (world) => {
          const { user, board } = world;
          const ids: string[] = [];
          for (let n = 0; n < taskCount; n++) {
            const parents = n === 0 ? [] : [ids[n - 1]!];
            ids.push((await runOp(create, user, { title: `task ${n}`, parents })).task.id);
          }
          const states = [await stateOf(world)];
          let done = await actionCount(world);
          for (const [verb, one, two] of actions) {
            world.clock.advance(1);
            await perform(world, verb, ids[one]!, ids[two]!);
            const now = await actionCount(world);
            if (now > done) states.push(await stateOf(world));
            done = now;
          }
          for (const earlier of states.slice(0, -1).reverse()) {
            await runOp(undo, user, {});
            await checkBoard(board);
            assert.deepEqual(await stateOf(world), earlier);
          }
          const { actions: left } = await runOp(undo, user, { list: true });
          assert.deepEqual(left.map(({ verb }) => verb), ids.map(() => "create"));
        }),
    ),
    { numRuns: 40 },
  ));

/** Refusals are part of the game. */
async function perform(
  { user }: OpsWorld,
  verb: string,
  one: string,
  two: string,
): Promise<void> {
  const [operation, input] = onOne[verb] ?? [onTwo[verb]!, { parent_id: one, child_id: two }];
  await runOp(operation, user, "parent_id" in input ? input : { task_id: one, ...input })
    .catch((error) => assert.match(error.code, /refused|invalid/));
}

async function actionCount({ board }: OpsWorld): Promise<number> {
  const rows = await board.engine.read((tx) => tx.all("SELECT id FROM board_undo"));
  return rows.length;
}

/** All tasks and links. */
function stateOf({ board }: OpsWorld) {
  return board.engine.read(async (tx) => ({
    tasks: await tx.all("SELECT * FROM tasks ORDER BY id"),
    links: await tx.all("SELECT * FROM task_links ORDER BY parent_id, child_id"),
  }));
}
