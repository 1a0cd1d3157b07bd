// Owns: the random operations of the property test, and performing one of them on a board.

import fc from "fast-check";
import { HermesError } from "../../src/base/errors.ts";
import { command, initBoard, write } from "../../src/kernel/board.ts";
import { addComment } from "../../src/kernel/comments.ts";
import { createTask } from "../../src/kernel/create.ts";
import { writePlan, writeSpec } from "../../src/kernel/decomposition.ts";
import { link, unlink } from "../../src/kernel/graph.ts";
import { apply } from "../../src/kernel/lifecycle/apply.ts";
import type { Command, CommandType } from "../../src/kernel/lifecycle/commands.ts";
import { accepts } from "../../src/kernel/lifecycle/transitions.ts";
import { blockKinds } from "../../src/kernel/model/status.ts";
import { promoteWaiting, sweepWaiting } from "../../src/kernel/promote.ts";
import { taskById } from "../../src/kernel/queries/tasks.ts";
import { rememberCommands } from "../../src/kernel/undo/remember.ts";
import { undo } from "../../src/kernel/undo/undo.ts";
import type { TestBoard } from "./board_fixture.ts";

/** Tasks are named by number; it wraps around the tasks there are. */
type Pick = number;

/** A task for a command: with `aim`, one that accepts it from where it is, when there is any. */
interface Target {
  pick: Pick;
  aim: boolean;
}

/** On the strength of which run a write is made. */
type Fence = { of: "nobody" } | { of: "open run" } | { of: "any run"; pick: Pick };

export type Operation =
  | {
    do: "create";
    parents: Pick[];
    triage: boolean;
    held: boolean;
    assignee: string | null;
    key: string | null;
    fence: Fence;
  }
  | { do: "link"; parent: Pick; child: Pick; fence: Fence }
  | { do: "unlink"; parent: Pick; child: Pick }
  | { do: "command"; task: Target; command: Command; fence: Fence; person: boolean }
  | { do: "undo"; count: number }
  | { do: "plan"; task: Target; parents: Pick[][]; autoPromote: boolean }
  | { do: "specify"; task: Target; title: string | null; assignee: string | null }
  | { do: "comment"; task: Pick; fence: Fence }
  | { do: "promotion pass" }
  | { do: "sweep" }
  | { do: "init" }
  | { do: "clock"; seconds: number };

const somebody = "pat";
const pick = fc.nat({ max: 30 });
const target = fc.record({ pick, aim: fc.constantFrom(true, true, true, true, false) });
const assignee = fc.constantFrom(null, "ana", "bob");
const lock = fc.constantFrom("host:1", "host:1", "host:2");
const text = fc.constantFrom(null, "", "a word");
const pid = fc.constantFrom(7, null);

const fence: fc.Arbitrary<Fence> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ of: "nobody" } as const) },
  { weight: 3, arbitrary: fc.constant({ of: "open run" } as const) },
  { weight: 1, arbitrary: fc.record({ of: fc.constant("any run" as const), pick }) },
);

const claim = fc.record({
  type: fc.constant("claim" as const),
  lock,
  ttlSeconds: fc.constantFrom(900, null),
  lane: fc.constant(null),
});

const worker: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ type: fc.constant("extend" as const), lock, ttlSeconds: fc.constant(60) }),
  fc.constant<Command>({ type: "spawned", process: { pid: 7, start: "1", boot: "b" } }),
  fc.constant<Command>({ type: "heartbeat", note: null }),
  fc.record({
    type: fc.constant("complete" as const),
    result: text,
    summary: text,
    metadata: fc.constantFrom(null, { files: 1 }),
  }),
  fc.record({
    type: fc.constant("block" as const),
    reason: text,
    kind: fc.constantFrom(null, ...blockKinds),
  }),
);

const failure: fc.Arbitrary<Command> = fc.oneof(
  fc.constant<Command>({ type: "spawn_failed", error: "no such program" }),
  fc.record({ type: fc.constant("crash" as const), pid, error: fc.constant("gone") }),
  fc.record({
    type: fc.constant("time_out" as const),
    pid,
    elapsedSeconds: fc.constant(9),
    limitSeconds: fc.constant(5),
    sigkill: fc.boolean(),
  }),
  fc.record({ type: fc.constant("protocol_violation" as const), pid, error: fc.constant("mute") }),
  fc.constant<Command>({ type: "rate_limit", error: "429", cooldownSeconds: 30 }),
);

const person: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ type: fc.constant("unblock" as const), byHuman: fc.boolean() }),
  fc.constant<Command>({ type: "archive" }),
  fc.constant<Command>({ type: "unarchive" }),
  fc.record({ type: fc.constant("reclaim" as const), reason: text }),
  fc.record({ type: fc.constant("assign" as const), assignee }),
  fc.record({ type: fc.constant("reprioritize" as const), priority: fc.nat({ max: 3 }) }),
  fc.record({
    type: fc.constant("schedule" as const),
    at: fc.constantFrom(null, 1, 1_800_000_000),
  }),
  fc.record({ type: fc.constant("edit" as const), title: fc.constantFrom("x", "y", "") }),
  fc.constant<Command>({ type: "promote" }),
  fc.record({
    type: fc.constant("move" as const),
    to: fc.constantFrom("triage" as const, "todo" as const, "ready" as const, "blocked" as const),
  }),
);

const unfenced = fc.constant<Fence>({ of: "nobody" });

function commanding(
  what: fc.Arbitrary<Command>,
  on: fc.Arbitrary<Fence>,
  by: fc.Arbitrary<boolean> = fc.constant(false),
) {
  return fc.record({
    do: fc.constant("command" as const),
    task: target,
    command: what,
    fence: on,
    person: by,
  });
}

/** One operation; those that bring tasks forward come often enough to reach every corner. */
export const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant("create" as const),
      parents: fc.oneof(fc.constant([]), fc.array(pick, { maxLength: 3 })),
      triage: fc.constantFrom(false, false, false, true),
      held: fc.constantFrom(false, false, false, true),
      assignee,
      key: fc.constantFrom(null, null, null, "k1", "k2"),
      fence,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("link"), parent: pick, child: pick, fence }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("unlink"), parent: pick, child: pick }) },
  { weight: 8, arbitrary: commanding(claim, unfenced) },
  { weight: 7, arbitrary: commanding(worker, fence) },
  { weight: 4, arbitrary: commanding(failure, unfenced) },
  { weight: 7, arbitrary: commanding(person, unfenced, fc.boolean()) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("undo"), count: fc.constantFrom(1, 1, 3) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("plan"),
      task: target,
      parents: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom([[]], [[], []], [[], [0]], [[], [0], [0, 1], []]) },
        {
          weight: 1,
          arbitrary: fc.array(fc.array(fc.nat({ max: 3 }), { maxLength: 2 }), { maxLength: 4 }),
        },
      ),
      autoPromote: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("specify"),
      task: target,
      title: text,
      assignee: fc.constantFrom(null, "", "ana"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("comment"), task: pick, fence }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("promotion pass") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("sweep") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("init") }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("clock"),
      seconds: fc.constantFrom(1, 60, 5000, -1, -60, -5000),
    }),
  },
) as fc.Arbitrary<Operation>;

/** Codes an operation may be refused with; any other error is a bug. */
const refusals = ["refused", "invalid", "not_found", "fenced"];

/** Performs one operation; false when the kernel refused it. */
export async function perform(t: TestBoard, operation: Operation): Promise<boolean> {
  try {
    return await dispatch(t, operation);
  } catch (error) {
    if (error instanceof HermesError && refusals.includes(error.code)) return false;
    throw error;
  }
}

async function dispatch(t: TestBoard, operation: Operation): Promise<boolean> {
  const { board } = t;
  switch (operation.do) {
    case "create": {
      const { triage, held, assignee, key } = operation;
      const ids = (await Promise.all(operation.parents.map((p) => taskAt(t, p)))).flat();
      const task = { title: "a task", parents: ids, triage, held, assignee, idempotencyKey: key };
      await createTask(board, task, await fenceOf(t, operation.fence), personOf(operation.fence));
      return true;
    }
    case "link": {
      const [parent] = await taskAt(t, operation.parent);
      const [child] = await taskAt(t, operation.child);
      if (!parent || !child) return false;
      const fence = await fenceOf(t, operation.fence);
      await link(board, parent, child, fence, personOf(operation.fence));
      return true;
    }
    case "unlink": {
      const [parent] = await taskAt(t, operation.parent);
      const [child] = await taskAt(t, operation.child);
      return parent !== undefined && child !== undefined &&
        await unlink(board, parent, child, somebody);
    }
    case "command": {
      const [id] = await targetOf(t, operation.task, operation.command.type);
      if (!id) return false;
      if (operation.person) return await commandOfPerson(t, id, operation.command);
      const fence = await fenceOf(t, operation.fence, id);
      return (await command(board, id, operation.command, { fence })).ok;
    }
    case "undo":
      await undo(board, { count: operation.count });
      return true;
    case "plan": {
      const [rootId] = await targetOf(t, operation.task, "decompose");
      if (!rootId) return false;
      const children = operation.parents.map((parents) => ({
        title: "a child",
        body: "",
        assignee: "ana",
        parents,
      }));
      const { autoPromote } = operation;
      const plan = { rootId, children, orchestrator: "boss", author: "planner", autoPromote };
      return await writePlan(board, plan) !== null;
    }
    case "specify": {
      const [taskId] = await targetOf(t, operation.task, "specify");
      if (!taskId) return false;
      const { title, assignee } = operation;
      return (await writeSpec(board, { taskId, title, body: null, assignee, author: "p" })).ok;
    }
    case "comment": {
      const [id] = await taskAt(t, operation.task);
      if (!id) return false;
      await addComment(board, id, "ana", "hello", await fenceOf(t, operation.fence, id));
      return true;
    }
    case "promotion pass":
      await promoteWaiting(board);
      return true;
    case "sweep":
      await sweepWaiting(board, "");
      return true;
    case "init":
      await initBoard(board);
      return true;
    case "clock":
      t.clock.step(operation.seconds);
      return true;
  }
}

/** Gives a command the way people do: it is remembered and can be undone. */
function commandOfPerson({ board }: TestBoard, id: string, command: Command): Promise<boolean> {
  return write(board, async (tx, env) => {
    const before = await taskById(tx, id);
    const applied = await apply(tx, env, id, command);
    if (!before || !applied.ok) return false;
    await rememberCommands(tx, env, somebody, before, [{ command, applied }]);
    return true;
  });
}

/** Writes that no run makes are a person's. */
function personOf(fence: Fence): string | null {
  return fence.of === "nobody" ? somebody : null;
}

/** The task that `pick` names, as a list of one; empty while there is none. */
async function taskAt(t: TestBoard, pick: Pick): Promise<string[]> {
  const rows = await t.rows<{ id: string }>("SELECT id FROM tasks ORDER BY rowid");
  return rows.length === 0 ? [] : [rows[pick % rows.length]!.id];
}

async function targetOf(t: TestBoard, { pick, aim }: Target, what: CommandType): Promise<string[]> {
  const rows = await t.rows<{ id: string; status: string }>(
    "SELECT id, status FROM tasks ORDER BY rowid",
  );
  const accepting = aim ? rows.filter(({ status }) => accepts(what, status)) : [];
  const among = accepting.length > 0 ? accepting : rows;
  return among.length === 0 ? [] : [among[pick % among.length]!.id];
}

async function fenceOf(t: TestBoard, fence: Fence, taskId?: string): Promise<number | null> {
  if (fence.of === "nobody") return null;
  const open = taskId === undefined ? "" : `task_id = '${taskId}' AND`;
  const runs = fence.of === "open run"
    ? await t.rows<{ id: number }>(`SELECT id FROM task_runs WHERE ${open} ended_at IS NULL`)
    : await t.rows<{ id: number }>("SELECT id FROM task_runs ORDER BY id");
  if (runs.length === 0) return null;
  return runs[fence.of === "any run" ? fence.pick % runs.length : 0]!.id;
}
