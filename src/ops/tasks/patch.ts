// Owns: the operation `patch`: several changes of one task at once, as forms and drag and drop make them.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { getTask } from "../../kernel/detail.ts";
import { statuses } from "../../kernel/model/status.ts";
import { viewTask } from "../../kernel/views.ts";
import { archive } from "./archive.ts";
import { assign } from "./assign.ts";
import { block } from "./block.ts";
import { complete } from "./complete.ts";
import type { OpContext } from "../context.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { edit } from "./edit.ts";
import { steer } from "../fenced.ts";
import { move } from "./move.ts";
import { runOp } from "../run.ts";
import { unblock } from "./unblock.ts";
import { taskId, taskSchema } from "../wire.ts";

/** What can be changed at once. */
export const changeFields = {
  status: z.string().optional().describe(`One of ${statuses.join(", ")}`),
  assignee: z.string().nullable().optional().describe("Profile that does it; empty for nobody"),
  priority: z.number().int().optional().describe("Higher goes first"),
};

export const patch = defineOp({
  name: "patch",
  group: "kanban",
  summary: "Change several things of a task: assignee, then status, then priority, title and body",
  actors: ["human", "system"],
  input: z.object({
    task_id: taskId,
    ...changeFields,
    title: z.string().optional().describe("New title"),
    body: z.string().nullable().optional().describe("New body"),
    max_cost_usd: z.number().positive().nullable().optional()
      .describe("US dollars it may cost; null takes the limit away"),
    result: z.string().nullable().optional().describe("With status done: the result itself"),
    summary: z.string().nullable().optional().describe("With status done: what was done"),
    metadata: z.record(z.string(), z.unknown()).nullable().optional()
      .describe("With status done: facts for programs"),
    block_reason: z.string().nullable().optional().describe("With status blocked: why"),
  }),
  output: z.object({
    task: taskSchema,
    warning: z.string().optional().describe("What keeps the task from being done"),
  }),
  http: {
    method: "PATCH",
    path: "/tasks/:task_id",
    reply: ({ task, warning }) => ({ task, ...(warning ? { warning } : {}) }),
  },
  async run(context, input) {
    const { task_id, status, assignee, title, body, priority, max_cost_usd, result } = input;
    if (title !== undefined && title.trim() === "") {
      throw new HermesError("invalid", `Cannot change task "${task_id}": title is required`, {
        details: { field: "title" },
      });
    }
    if (status !== undefined) checkStatus(task_id, status);
    await getTask(await context.board(), task_id);
    const assigned = assignee === undefined
      ? null
      : await runOp(assign, context, { task_id, assignee: assignee || null });
    if (status !== undefined) await moveTo(context, status, input);
    const edited = { title, body, priority, max_cost_usd };
    // A result that comes with a completion is part of it.
    const changes = status === "done" ? edited : { ...edited, result };
    if (Object.values(changes).some((value) => value !== undefined)) {
      await runOp(edit, context, { task_id, ...changes });
    }
    const task = viewTask(await getTask(await context.board(), task_id));
    return { task, ...(assigned?.warning ? { warning: assigned.warning } : {}) };
  },
});

export type PatchOutput = OutputOf<typeof patch>;

/** What goes along with a new status. */
export interface StatusChange {
  task_id: string;
  result?: string | null;
  summary?: string | null;
  metadata?: Record<string, unknown> | null;
  block_reason?: string | null;
}

/**
 * Brings a task into a status by the command that is meant: to ready from blocked is an unblock, to done a
 * completion, to running a claim by hand.
 *
 * @throws HermesError what the command throws.
 */
export async function moveTo(
  context: OpContext,
  status: string,
  { task_id, result, summary, metadata, block_reason }: StatusChange,
): Promise<void> {
  const from = (await getTask(await context.board(), task_id)).status;
  if (from === status) return;
  if (status === "done") {
    await runOp(complete, context, { task_id, result, summary, metadata });
  } else if (status === "blocked" && (from === "running" || from === "ready")) {
    await runOp(block, context, { task_id, reason: block_reason });
  } else if (status === "archived") {
    await runOp(archive, context, { task_id });
  } else if (status === "running") {
    // Nobody watches a person's work: the claim is never taken away.
    await steer(context, task_id, [{
      type: "claim",
      lock: "manual",
      ttlSeconds: null,
      lane: null,
    }]);
  } else if (status === "ready" && from === "blocked") {
    await runOp(unblock, context, { task_id });
  } else {
    await runOp(move, context, { task_id, to: status as "triage" | "todo" | "ready" | "blocked" });
  }
}

/** @throws HermesError `invalid` for a word that is no status. */
export function checkStatus(id: string, status: string): void {
  if ((statuses as readonly string[]).includes(status)) return;
  throw new HermesError("invalid", `Cannot change task "${id}": unknown status "${status}"`, {
    remedy: `There are: ${statuses.join(", ")}.`,
    details: { field: "status" },
  });
}
