// Owns: decomposing one triage task — ask the model, validate, write — with failures as outcomes.

import { HermesError } from "../base/errors.ts";
import { plural } from "../base/text.ts";
import type { Paths } from "../config/paths.ts";
import type { Config } from "../config/schema.ts";
import type { Board } from "../kernel/board.ts";
import { writePlan, writeSpec } from "../kernel/decomposition.ts";
import { getTask } from "../kernel/detail.ts";
import type { Refusal } from "../kernel/lifecycle/decision.ts";
import type { TaskRow } from "../kernel/model/rows.ts";
import { askAuxiliary } from "../llm/auxiliary.ts";
import type { AuxiliaryDeps } from "../llm/auxiliary.ts";
import { resolveRouting } from "../profiles/resolve.ts";
import type { Routing } from "../profiles/resolve.ts";
import { listProfiles } from "../profiles/roster.ts";
import { parseAnswer } from "./parse_answer.ts";
import type { Answer } from "./parse_answer.ts";
import { plannerPrompt } from "./prompt.ts";
import { chooseAssignee, planFrom } from "./validate.ts";

/** Everything a decomposition touches. */
export interface PlannerDeps extends AuxiliaryDeps {
  board: Board;
  config: Config;
  /** Where profiles lie, and which one is active. */
  paths: Pick<Paths, "root" | "profilesDir" | "profile">;
  signal?: AbortSignal;
}

/** What came of a decomposition; the JSON shape every surface shows. */
export interface DecomposeOutcome {
  task_id: string;
  ok: boolean;
  /** Why not; empty when `ok`. */
  reason: string;
  /** Whether the task became several. */
  fanout: boolean;
  child_ids: string[];
  /** The new title of a task that stayed one, when it changed; else null. */
  new_title: string | null;
}

interface Team extends Routing {
  names: string[];
}

/**
 * Turns a triage task into a graph of tasks routed to profiles, or into one specified task. The
 * board is read before the model is called and written after, in one transaction that checks again;
 * nothing is held meanwhile. Expected failures come back in the outcome and leave no trace.
 *
 * @param author who asked: author of the audit comment and creator of the children
 * @throws only the signal's reason when it is aborted, and bugs.
 */
export async function decomposeTask(
  deps: PlannerDeps,
  taskId: string,
  author = "decomposer",
): Promise<DecomposeOutcome> {
  try {
    return await decompose(deps, await getTask(deps.board, taskId), author);
  } catch (thrown) {
    deps.signal?.throwIfAborted();
    if (!(thrown instanceof HermesError)) throw thrown;
    return failed(taskId, thrown.message);
  }
}

async function decompose(
  deps: PlannerDeps,
  task: TaskRow,
  author: string,
): Promise<DecomposeOutcome> {
  if (task.status !== "triage") {
    return failed(task.id, `the task is not in triage: its status is ${task.status}`);
  }
  const roster = await listProfiles(deps.paths);
  const names = roster.map(({ name }) => name);
  const team = { names, ...resolveRouting(deps.config, names, deps.paths.profile) };
  const asked = await askAuxiliary(deps, "kanban_decomposer", {
    ...plannerPrompt({ task, roster, defaultAssignee: team.defaultAssignee }),
    temperature: 0.3,
    maxTokens: 4000,
    signal: deps.signal,
  });
  if (!asked.ok) return failed(task.id, asked.reason);
  const parsed = parseAnswer(asked.reply.text);
  if (!parsed.ok) return failed(task.id, parsed.reason);
  return parsed.answer.fanout
    ? await writeFanout(deps, task, team, parsed.answer, author)
    : await writeSingle(deps, task, team, parsed.answer, author);
}

async function writeFanout(
  deps: PlannerDeps,
  task: TaskRow,
  team: Team,
  answer: Extract<Answer, { fanout: true }>,
  author: string,
): Promise<DecomposeOutcome> {
  if (answer.dropped.length > 0) {
    deps.log?.warn(`Planner named ${plural(answer.dropped.length, "impossible parent")}`, {
      task: task.id,
      dropped: answer.dropped,
    });
  }
  const plan = planFrom(answer, team);
  if (!plan.ok) return failed(task.id, plan.reason);
  const ids = await written(() =>
    writePlan(deps.board, {
      rootId: task.id,
      orchestrator: team.orchestrator,
      children: plan.tasks,
      author,
      autoPromote: deps.config.kanban.auto_promote_children,
    })
  );
  if (typeof ids === "string") return failed(task.id, ids);
  if (ids === null) return failed(task.id, "the task moved out of triage meanwhile");
  return { task_id: task.id, ok: true, reason: "", fanout: true, child_ids: ids, new_title: null };
}

async function writeSingle(
  deps: PlannerDeps,
  task: TaskRow,
  team: Team,
  answer: Extract<Answer, { fanout: false }>,
  author: string,
): Promise<DecomposeOutcome> {
  const applied = await written(() =>
    writeSpec(deps.board, {
      taskId: task.id,
      title: answer.title,
      body: answer.body,
      assignee: task.assignee ? null : chooseAssignee(answer.assignee, team),
      author,
      basedOn: task,
    })
  );
  if (typeof applied === "string") return failed(task.id, applied);
  if (!applied.ok) return failed(task.id, refusedSpec(applied.refusal));
  const { title } = applied.task;
  return {
    task_id: task.id,
    ok: true,
    reason: "",
    fanout: false,
    child_ids: [],
    new_title: title === task.title ? null : title,
  };
}

/** Why a rewrite was refused, in the words of an outcome. */
export function refusedSpec({ code }: Pick<Refusal, "code">): string {
  return code === "lost_race"
    ? "its text was changed meanwhile"
    : "the task moved out of triage meanwhile";
}

/** The result of a write, or the reason the board gave for refusing it. */
async function written<T>(write: () => Promise<T>): Promise<T | string> {
  try {
    return await write();
  } catch (thrown) {
    if (thrown instanceof HermesError) return `DB rejected graph: ${thrown.message}`;
    throw thrown;
  }
}

function failed(taskId: string, reason: string): DecomposeOutcome {
  return { task_id: taskId, ok: false, reason, fanout: false, child_ids: [], new_title: null };
}
