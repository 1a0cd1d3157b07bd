// Owns: asking the model for a plan and making a sound proposal of its answer. Writes nothing.

import { plural } from "../base/text.ts";
import type { Config } from "../config/schema.ts";
import type { Board } from "../kernel/board.ts";
import type { TaskRow } from "../kernel/model/rows.ts";
import type { Proposal } from "../kernel/plans.ts";
import { callRecorder } from "../kernel/usage.ts";
import { askAuxiliary } from "../llm/auxiliary.ts";
import type { AuxiliaryDeps } from "../llm/auxiliary.ts";
import { planForm } from "./answer_schema.ts";
import { parseAnswer } from "./parse_answer.ts";
import type { Answer, AnswerRouting } from "./parse_answer.ts";
import { plannerPrompt } from "./prompt.ts";
import { teamOf } from "./team.ts";
import type { PlannerTeam, TeamPaths } from "./team.ts";
import { memberCalled, planFrom, routeTask } from "./validate.ts";

/** Everything a plan touches. */
export interface PlannerDeps extends AuxiliaryDeps {
  board: Board;
  config: Config;
  paths: TeamPaths;
  signal?: AbortSignal;
}

/** A proposal with the team it was made for, or the reason there is none. */
export type Draft =
  | { ok: true; proposal: Proposal; team: PlannerTeam }
  | { ok: false; reason: string };

/**
 * Asks the model how to go about `task`, which must be in triage. Expected failures come back as a
 * reason.
 *
 * @throws only the signal's reason when it is aborted, and bugs.
 */
export async function draftPlan(deps: PlannerDeps, task: TaskRow): Promise<Draft> {
  if (task.status !== "triage") {
    return { ok: false, reason: `the task is not in triage: its status is ${task.status}` };
  }
  const team = await teamOf(deps);
  const call = { purpose: "decompose", taskId: task.id, profile: null } as const;
  const onUsage = callRecorder(deps.board, call);
  const asked = await askAuxiliary({ ...deps, onUsage }, "kanban_decomposer", {
    ...plannerPrompt({ task, roster: team.roster, defaultAssignee: team.defaultAssignee }),
    form: planForm,
    temperature: 0.3,
    maxTokens: 4000,
    signal: deps.signal,
  });
  if (!asked.ok) return asked;
  const parsed = parseAnswer(asked.reply.text);
  if (!parsed.ok) return parsed;
  const { answer } = parsed;
  const made = answer.fanout ? planFrom(answer, team) : singleTask(answer, task, team);
  if (!made.ok) return made;
  const { title, body } = task;
  const remarks = remarksOn(answer, team, answer.fanout ? null : task.assignee);
  if (answer.fanout && answer.dropped.length > 0) {
    deps.log?.warn(`Planner named ${plural(answer.dropped.length, "impossible parent")}`, {
      task: task.id,
      dropped: answer.dropped,
    });
  }
  const { fanout, rationale } = answer;
  const basis = { title, body };
  return {
    ok: true,
    team,
    proposal: { fanout, rationale, tasks: made.tasks, remarks, based_on: basis },
  };
}

/** What is not in the answer stays as it is in the task. */
function singleTask(
  answer: Extract<Answer, { fanout: false }>,
  task: TaskRow,
  team: PlannerTeam,
): { ok: true; tasks: Proposal["tasks"] } {
  const routing = routeTask(answer, team);
  const kept = task.assignee ? { assignee: task.assignee, why: null, runner_up: null } : routing;
  const title = answer.title ?? task.title;
  return {
    ok: true,
    tasks: [{ title, body: answer.body ?? task.body ?? "", parents: [], ...kept }],
  };
}

/** What a person should know about the difference between the answer and the plan. */
function remarksOn(answer: Answer, team: PlannerTeam, kept: string | null): string[] {
  const routings: AnswerRouting[] = answer.fanout ? answer.tasks : [answer];
  const strangers = routings.flatMap(({ assignee }, index) =>
    kept !== null || assignee === null || memberCalled(assignee, team) !== null ? [] : [
      `Task ${index + 1}: there is no profile "${assignee}", so ${team.defaultAssignee} gets it.`,
    ]
  );
  const dropped = answer.fanout ? answer.dropped : [];
  const impossible = dropped.map((what) =>
    `Left out because there is no such task (counted from 0): ${what}.`
  );
  return [...strangers, ...impossible];
}
