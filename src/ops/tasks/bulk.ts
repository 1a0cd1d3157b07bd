// Owns: the operation `bulk`: the same change of many tasks, each on its own.

import * as z from "zod";
import { HermesError, toHermesError } from "../../base/errors.ts";
import { getTask } from "../../kernel/detail.ts";
import { archive } from "./archive.ts";
import { assign } from "./assign.ts";
import type { OpContext } from "../context.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { edit } from "./edit.ts";
import { changeFields, checkStatus, moveTo } from "./patch.ts";
import { reassign } from "./reassign.ts";
import { runOp } from "../run.ts";

/** Tasks of one request at most. */
const maxIds = 10_000;

export const bulk = defineOp({
  name: "bulk",
  group: "kanban",
  summary: "Change many tasks at once; a refused one does not keep the others from being changed",
  actors: ["human", "system"],
  input: z.object({
    ids: z.array(z.string()).describe("Ids of the tasks"),
    ...changeFields,
    archive: z.boolean().default(false).describe("Take them off the board"),
    reclaim_first: z.boolean().default(false)
      .describe("Take running tasks away from their workers before they are given to another"),
    summary: z.string().nullable().optional().describe("With status done: what was done"),
    block_reason: z.string().nullable().optional().describe("With status blocked: why"),
  }),
  output: z.object({
    results: z.array(z.object({
      id: z.string(),
      ok: z.boolean(),
      error: z.string().optional(),
    })),
  }),
  http: { method: "POST", path: "/tasks/bulk" },
  async run(context, input) {
    const ids = [...new Set(input.ids.map((id) => id.trim()).filter((id) => id !== ""))];
    if (ids.length === 0 || ids.length > maxIds) {
      const reason = ids.length === 0 ? "no ids are given" : `more than ${maxIds} ids are given`;
      throw new HermesError("invalid", `Cannot change tasks: ${reason}`, {
        details: { field: "ids" },
      });
    }
    const { status, assignee, priority } = input;
    if (status !== undefined) checkStatus(ids[0]!, status);
    if (!input.archive && [status, assignee, priority].every((value) => value === undefined)) {
      throw new HermesError("invalid", "Cannot change tasks: nothing to change is given", {
        remedy: "Give status, assignee, priority or archive.",
      });
    }
    const results = [];
    for (const id of ids) {
      try {
        await change(context, id, input);
        results.push({ id, ok: true });
      } catch (thrown) {
        const { code, message } = toHermesError(thrown);
        // What goes wrong inside is not told, as in every other answer.
        const error = code === "internal" ? "something went wrong" : message;
        results.push({ id, ok: false, error });
      }
    }
    return { results };
  },
});

export type BulkOutput = OutputOf<typeof bulk>;

interface Change {
  status?: string;
  assignee?: string | null;
  priority?: number;
  archive: boolean;
  reclaim_first: boolean;
  summary?: string | null;
  block_reason?: string | null;
}

async function change(context: OpContext, id: string, input: Change): Promise<void> {
  const { status, assignee, priority, summary, block_reason } = input;
  await getTask(await context.board(), id);
  if (assignee !== undefined) {
    const name = assignee || null;
    if (input.reclaim_first) {
      await runOp(reassign, context, { task_id: id, assignee: name, reclaim: true });
    } else await runOp(assign, context, { task_id: id, assignee: name });
  }
  if (status !== undefined) await moveTo(context, status, { task_id: id, summary, block_reason });
  if (priority !== undefined) await runOp(edit, context, { task_id: id, priority });
  if (input.archive) await runOp(archive, context, { task_id: id });
}
