// Owns: rewriting one triage task as one clear task — ask the model, read, write — with failures as outcomes.

import { HermesError } from "../base/errors.ts";
import { type Environment, envNames, envValue } from "../config/env_names.ts";
import { writeSpec } from "../kernel/decomposition.ts";
import { getTask } from "../kernel/detail.ts";
import type { TaskRow } from "../kernel/model/rows.ts";
import { callRecorder } from "../kernel/usage.ts";
import { askAuxiliary } from "../llm/auxiliary.ts";
import type { AuxiliaryDeps } from "../llm/auxiliary.ts";
import { specificationForm } from "./answer_schema.ts";
import { refusedSpec } from "./decompose.ts";
import type { PlannerDeps } from "./decompose.ts";
import { parseSpec } from "./parse_spec.ts";
import { longestSpecified, specifierPrompt } from "./prompt.ts";

/** Most tokens of an answer unless the environment sets another limit. */
const usualTokens = 4000;

/** Everything a specification touches. */
export type SpecifierDeps = AuxiliaryDeps & Pick<PlannerDeps, "board" | "signal">;

/** What came of a specification; the JSON shape every surface shows. */
export interface SpecifyOutcome {
  task_id: string;
  ok: boolean;
  /** Why not; empty when `ok`. */
  reason: string;
  /** The task's new title, when it changed; else null. */
  new_title: string | null;
}

/**
 * Rewrites the title and body of a triage task and lets it go on to todo, and to ready when it waits
 * for nothing. Nothing is held while the model thinks: the write checks that the task is still in
 * triage with the text the model was shown. Expected failures come back in the outcome and leave no
 * trace.
 *
 * @param author who asked: author of the audit comment; null writes none
 * @throws only the signal's reason when it is aborted, and bugs.
 */
export async function specifyTask(
  deps: SpecifierDeps,
  taskId: string,
  author: string | null,
): Promise<SpecifyOutcome> {
  try {
    return await specify(deps, await getTask(deps.board, taskId), author);
  } catch (thrown) {
    deps.signal?.throwIfAborted();
    if (!(thrown instanceof HermesError)) throw thrown;
    return failed(taskId, thrown.message);
  }
}

async function specify(
  deps: SpecifierDeps,
  task: TaskRow,
  author: string | null,
): Promise<SpecifyOutcome> {
  if (task.status !== "triage") {
    return failed(task.id, `the task is not in triage: its status is ${task.status}`);
  }
  const length = task.body?.trim().length ?? 0;
  if (length > longestSpecified) {
    return failed(
      task.id,
      `its body has ${length} characters; beyond ${longestSpecified} a rewrite would lose some`,
    );
  }
  const call = { purpose: "specify", taskId: task.id, profile: null } as const;
  const onUsage = callRecorder(deps.board, call);
  const asked = await askAuxiliary({ ...deps, onUsage }, "triage_specifier", {
    ...specifierPrompt(task),
    form: specificationForm,
    temperature: 0.3,
    maxTokens: tokenLimit(deps.env),
    signal: deps.signal,
  });
  if (!asked.ok) return failed(task.id, asked.reason);
  const { text, finishReason } = asked.reply;
  // Half a text must not replace a whole one.
  if (finishReason === "length") return failed(task.id, "the model's answer was cut off");
  const spec = parseSpec(text);
  if (!spec.ok) return failed(task.id, spec.reason);
  const applied = await writeSpec(deps.board, {
    taskId: task.id,
    title: spec.title,
    body: spec.body,
    assignee: null,
    author,
    basedOn: task,
  });
  if (!applied.ok) return failed(task.id, refusedSpec(applied.refusal));
  const { title } = applied.task;
  return { task_id: task.id, ok: true, reason: "", new_title: title === task.title ? null : title };
}

/**
 * Most tokens of an answer.
 *
 * @throws HermesError `config` when the environment names no whole number above 0.
 */
function tokenLimit(env: Environment): number {
  const name = envNames.kanbanSpecifyMaxTokens;
  const text = envValue(env, name);
  if (text === undefined) return usualTokens;
  const limit = Number(text);
  if (Number.isSafeInteger(limit) && limit > 0) return limit;
  throw new HermesError("config", `${name} is "${text}" and no whole number above 0`);
}

function failed(taskId: string, reason: string): SpecifyOutcome {
  return { task_id: taskId, ok: false, reason, new_title: null };
}
