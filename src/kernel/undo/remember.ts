// Owns: remembering what a person did, in the transaction that did it.

import type { ReadTx, WriteTx } from "../engine/port.ts";
import type { Applied, ApplyEnv } from "../lifecycle/apply.ts";
import type { Command } from "../lifecycle/commands.ts";
import type { EventRow, TaskRow } from "../model/rows.ts";
import { newestOfKind } from "../queries/events.ts";
import { taskById } from "../queries/tasks.ts";
import { insertAction, lastClaimOf } from "../queries/undo.ts";
import { type Inverse, type Mark, type Step, stepBack } from "./inverse.ts";

/** Actions that are remembered; older ones are forgotten. */
const kept = 200;

type Accepted = Extract<Applied, { ok: true }>;

/** Notes commands that a person gave for one task. Commands that changed nothing are not noted. */
export async function rememberCommands(
  tx: WriteTx,
  env: ApplyEnv,
  person: string,
  before: TaskRow,
  given: readonly { command: Command; applied: Accepted }[],
): Promise<void> {
  const steps: Step[] = [];
  const touched = new Set([before.id]);
  let obstacle: string | null = null;
  let earlier = before;
  for (const { command, applied } of given) {
    if (applied.changed) {
      const step = stepBack(command, earlier, applied.task, await waivedBy(tx, command, before.id));
      if (step && "obstacle" in step) obstacle = step.obstacle;
      else if (step) steps.unshift(step);
      for (const id of applied.promoted) touched.add(id);
    }
    earlier = applied.task;
  }
  if (steps.length === 0 && obstacle === null) return;
  const verb = given.find(({ applied }) => applied.changed)!.command.type;
  await remember(tx, env, { person, verb, taskId: before.id, steps, obstacle, touched });
}

/** Notes an action that is no command: a creation, a link. */
export async function rememberSteps(
  tx: WriteTx,
  env: ApplyEnv,
  person: string,
  verb: "create" | "link" | "unlink",
  taskId: string,
  step: Step,
): Promise<void> {
  const touched = new Set([taskId]);
  await remember(tx, env, { person, verb, taskId, steps: [step], obstacle: null, touched });
}

/** Notes an action of which nothing can be taken back, so that it is not mistaken for undone. */
export async function rememberObstacle(
  tx: WriteTx,
  env: ApplyEnv,
  person: string,
  verb: string,
  taskId: string,
  obstacle: string,
): Promise<void> {
  await remember(tx, env, { person, verb, taskId, steps: [], obstacle, touched: new Set() });
}

/** What a task looks like to the question whether it has moved on. */
export async function markOf(tx: ReadTx, id: string): Promise<Mark | undefined> {
  const task = await taskById(tx, id);
  if (!task) return undefined;
  const { status, held, completed_at } = task;
  return { status, held, completed_at, run: await lastClaimOf(tx, id) };
}

interface Action {
  person: string;
  verb: string;
  taskId: string;
  steps: Step[];
  obstacle: string | null;
  touched: ReadonlySet<string>;
}

async function remember(tx: WriteTx, env: ApplyEnv, action: Action): Promise<void> {
  const { steps, obstacle } = action;
  const after: Record<string, Mark> = {};
  for (const id of action.touched) {
    const mark = await markOf(tx, id);
    if (mark) after[id] = mark;
  }
  await insertAction(tx, {
    task_id: action.taskId,
    person: action.person,
    verb: action.verb,
    inverse: JSON.stringify({ steps, after, obstacle } satisfies Inverse),
    done_at: env.now,
  }, kept);
}

/** The parents that a move to ready waived; its event names them. */
async function waivedBy(tx: ReadTx, command: Command, taskId: string): Promise<string[]> {
  if (command.type !== "move" || command.to !== "ready") return [];
  const event: EventRow | undefined = await newestOfKind(tx, taskId, "status");
  const payload = JSON.parse(event?.payload ?? "{}") as { waived_parents?: string[] };
  return payload.waived_parents ?? [];
}
