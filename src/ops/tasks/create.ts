// Owns: the operation `create`.

import { isAbsolute } from "node:path";
import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { suggest } from "../../base/suggest.ts";
import { envNames, envValue } from "../../config/env_names.ts";
import { createTask } from "../../kernel/create.ts";
import type { TaskView } from "../../kernel/views.ts";
import { viewTask } from "../../kernel/views.ts";
import { boardPlaces } from "../board_places.ts";
import type { OpContext } from "../context.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { personOf } from "../fenced.ts";
import { isAgent } from "../run.ts";
import { delayField, momentField, startTime } from "../start_time.ts";
import { taskSchema, textList, workspaceKindField } from "../wire.ts";

export const create = defineOp({
  name: "create",
  group: "kanban",
  summary: "Create a task",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({
    title: z.string().describe("What is to be done, in one line"),
    body: z.string().nullable().optional().describe("The whole story: goal, approach, acceptance"),
    assignee: z.string().nullable().optional().describe("Profile that does it"),
    parents: textList().optional().describe("Ids of tasks that must be done first"),
    tenant: z.string().nullable().optional().describe("Customer or project it belongs to"),
    priority: z.number().int().default(0).describe("Higher goes first"),
    workspace_kind: workspaceKindField.default("scratch")
      .describe(
        "scratch (a fresh folder), dir (an existing one) or worktree (of a git repository)",
      ),
    workspace_path: z.string().nullable().optional()
      .describe("Absolute path of the folder or repository"),
    branch_name: z.string().nullable().optional()
      .describe("Branch of a worktree; wt/<id> unless given"),
    triage: z.boolean().default(false).describe("Put it in triage, to be split into tasks"),
    idempotency_key: z.string().nullable().optional()
      .describe("A task that already has this key is returned instead of a new one"),
    max_runtime_seconds: z.number().int().positive().nullable().optional()
      .describe("An attempt is ended after this many seconds"),
    max_retries: z.number().int().positive().nullable().optional()
      .describe("Failed attempts before the task is given up"),
    max_cost_usd: z.number().positive().nullable().optional()
      .describe("US dollars it and all that comes out of it may cost"),
    goal_mode: z.boolean().default(false)
      .describe("A judge decides whether it is done; its worker goes on until then"),
    goal_max_turns: z.number().int().positive().max(1000).nullable().optional()
      .describe("Times the judge may say no before the task waits for a person; 20 unless given"),
    model: z.string().nullable().optional().describe(
      "Model of its worker, instead of the profile's",
    ),
    provider: z.string().nullable().optional()
      .describe("Provider of that model, instead of the profile's"),
    not_before: momentField.optional(),
    in_seconds: delayField.optional(),
    skills: textList().optional().describe("Skills its worker loads"),
    created_by: z.string().optional().describe("Who asks for it"),
  }),
  output: z.object({
    task: taskSchema,
    created: z.boolean().describe("False when the idempotency key was taken"),
    warning: z.string().optional().describe("What keeps the task from being done"),
  }),
  redact: { fromAgents: ["title", "body"] },
  cli: {
    args: ["title"],
    fields: {
      body: { parse: "text" },
      assignee: { parse: "assignee" },
      parents: { flag: "parent" },
      workspace_kind: { flag: "workspace", parse: "workspace" },
      workspace_path: { hidden: true },
      branch_name: { flag: "branch" },
      max_runtime_seconds: { flag: "max-runtime", parse: "duration" },
      max_cost_usd: { flag: "max-cost", parse: "money" },
      goal_mode: { flag: "goal" },
      not_before: { flag: "at", parse: "moment" },
      in_seconds: { flag: "in", parse: "duration" },
      skills: { flag: "skill" },
    },
    pick: "task",
    examples: [
      'hermes kanban create "Write the release notes" --assignee writer',
      'hermes kanban create "Publish a site about tides" --triage',
      'hermes kanban create "Fix the login" --workspace worktree:~/src/app --max-runtime 30m',
      'hermes kanban create "Send the digest" --assignee writer --at "2030-01-07 09:00"',
      'hermes kanban create "All tests of the parser pass" --assignee writer --goal',
      "hermes kanban create Deploy --parent t_1a2b3c4d --parent t_5e6f7a8b --json",
    ],
  },
  tool: {
    name: "kanban_create",
    advice: "Use it for follow-up work that is not yours. Give it to the profile that fits best.",
    omit: [
      "created_by",
      "max_retries",
      "max_cost_usd",
      "goal_mode",
      "goal_max_turns",
      "model",
      "provider",
      "not_before",
      "in_seconds",
    ],
    otherBoards: true,
    required: ["assignee"],
    reply: ({ task, warning }) => ({
      task_id: task.id,
      status: task.status,
      ...(warning ? { warning } : {}),
    }),
  },
  http: {
    method: "POST",
    path: "/tasks",
    refusals: { not_found: 400, refused: 400 },
    omit: ["created_by"],
    reply: ({ task, warning }) => ({ task, ...(warning ? { warning } : {}) }),
  },
  async run(context, input) {
    const { actor, env } = context;
    const agent = isAgent(actor);
    if (input.provider) (await import("../runs/set_model.ts")).checkProvider(input.provider.trim());
    if (input.goal_max_turns && !input.goal_mode) {
      throw new HermesError("usage", "Cannot create task: a number of turns needs goal mode", {
        remedy: "Add --goal.",
      });
    }
    const notBefore = startTime(context, input.not_before, input.in_seconds);
    if (input.skills !== undefined && input.skills.length > 0) {
      const { refuseToolsetNames } = await import("../skills/task_skills.ts");
      await refuseToolsetNames(context, input.assignee, input.skills);
    }
    const workspacePath = await folderFor(context, input.workspace_kind, input.workspace_path);
    const made = await createTask(
      await context.board(),
      {
        title: input.title,
        body: input.body,
        assignee: input.assignee,
        parents: input.parents,
        tenant: input.tenant ?? (agent ? envValue(env, envNames.tenant) : null),
        priority: input.priority,
        workspaceKind: input.workspace_kind,
        workspacePath,
        branchName: input.branch_name,
        triage: input.triage,
        idempotencyKey: input.idempotency_key,
        maxRuntimeSeconds: input.max_runtime_seconds,
        maxRetries: input.max_retries,
        maxCostUsd: input.max_cost_usd,
        goalMode: input.goal_mode,
        goalMaxTurns: input.goal_max_turns,
        modelOverride: input.model,
        providerOverride: input.provider,
        origin: choices(input),
        notBefore,
        skills: input.skills,
        createdBy: (agent ? undefined : input.created_by) ?? actor.name,
      },
      actor.runId,
      personOf(actor),
    );
    const task = viewTask(made.task);
    const warnings = made.created ? await obstacles(context, task) : [];
    return {
      task,
      created: made.created,
      ...(warnings.length > 0 ? { warning: warnings.join("\n") } : {}),
    };
  },
});

/** What the `created` event tells of choices that are seldom made. */
function choices(
  { goal_mode, model, provider }: {
    goal_mode: boolean;
    model?: string | null;
    provider?: string | null;
  },
): Record<string, unknown> {
  return {
    ...(goal_mode ? { goal_mode } : {}),
    ...(model ? { model_override: model } : {}),
    ...(provider ? { provider_override: provider } : {}),
  };
}

export type CreateOutput = OutputOf<typeof create>;

/**
 * The folder of a dir or worktree task that names none is the board's; a scratch task never gets it.
 *
 * @throws HermesError `usage` when a dir task is left without a folder.
 */
async function folderFor(
  context: OpContext,
  kind: string,
  path: string | null | undefined,
): Promise<string | null> {
  if (path || kind === "scratch") return path || null;
  const { boardMeta } = await import("../../kernel/boards.ts");
  const { slug, default_workdir } = await boardMeta(
    boardPlaces(context.paths),
    context.boardPaths.slug,
  );
  if (default_workdir !== null || kind !== "dir") return default_workdir;
  throw new HermesError("usage", 'Cannot use workspace "dir": it needs a folder', {
    remedy: "Write dir:<path>, or give the board a folder with: " +
      `hermes kanban boards set-default-workdir ${slug} <path>`,
  });
}

/** What will keep a new task from being worked on, in sentences. */
async function obstacles(context: OpContext, task: TaskView): Promise<string[]> {
  const found: string[] = [];
  const { workspace_kind, workspace_path } = task;
  if (workspace_path !== null && !isAbsolute(workspace_path)) {
    found.push(
      `Workspace "${workspace_kind}:${workspace_path}" is relative: no worker can be started there. ` +
        "Give an absolute path.",
    );
  }
  if (task.max_cost_usd !== null) {
    const { blindBudget } = await import("../runs/budget_warning.ts");
    found.push(...[await blindBudget(context, task)].filter((warning) => warning !== null));
  }
  if (task.assignee === null) return found;
  const profile = await unknownProfile(context, task.assignee);
  if (profile) found.push(profile);
  else if (task.skills.length > 0) {
    const { skillObstacles } = await import("../skills/task_skills.ts");
    found.push(...await skillObstacles(context, task.assignee, task.skills));
  }
  if (task.status === "ready") {
    const { isDispatched } = await import("../../dispatcher/lock.ts");
    if (!await isDispatched(context.boardPaths)) {
      found.push(
        `No dispatcher is running, so nobody starts ${task.id}. Start one with: hermes gateway start`,
      );
    }
  }
  return found;
}

/** A sentence when `assignee` is no profile on disk; somebody else may still take the task. */
export async function unknownProfile(
  context: OpContext,
  assignee: string,
): Promise<string | null> {
  const profiles = await context.profiles();
  if (profiles.includes(assignee)) return null;
  const close = suggest(assignee, profiles);
  return `There is no profile "${assignee}", so no worker is started for it. ` +
    (close ? `Did you mean "${close}"?` : `Create it with: hermes profile create ${assignee}`);
}
