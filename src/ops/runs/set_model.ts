// Owns: the operation `set-model`.

import * as z from "zod";
import { HermesError } from "../../base/errors.ts";
import { suggest } from "../../base/suggest.ts";
import { providers } from "../../config/providers.ts";
import { getTask } from "../../kernel/detail.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { steer } from "../fenced.ts";
import { taskId } from "../wire.ts";

export const setModel = defineOp({
  name: "set-model",
  group: "kanban",
  summary: "Choose the model of a task's worker, or leave it to the profile again",
  actors: ["human", "orchestrator", "system"],
  input: z.object({
    task_id: taskId,
    model: z.string().optional().describe("Model name as the provider spells it"),
    provider: z.string().optional().describe("Provider, when it is not the profile's"),
    clear: z.boolean().default(false).describe("Use the profile's model again"),
  }),
  output: z.object({
    task_id: z.string(),
    model: z.string().nullable().describe("Null: the profile's"),
    provider: z.string().nullable().describe("Null: the profile's"),
    warning: z.string().optional(),
  }),
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" } },
    examples: [
      "hermes kanban set-model t_1a2b3c4d --model gpt-4.1",
      "hermes kanban set-model t_1a2b3c4d --provider openrouter --model anthropic/claude-sonnet-4.5",
      "hermes kanban set-model t_1a2b3c4d --clear",
    ],
  },
  http: { method: "POST", path: "/tasks/:task_id/model" },
  async run(context, { task_id, clear, ...input }) {
    const model = input.model?.trim() || undefined;
    const provider = input.provider?.trim() || undefined;
    const given = model !== undefined || provider !== undefined;
    if (given === clear) {
      const reason = given ? "--clear goes with nothing else" : "nothing to set is given";
      throw new HermesError("usage", `Cannot set model of task "${task_id}": ${reason}`, {
        remedy: "Give --model, --provider or both, or else --clear.",
      });
    }
    checkProvider(provider);
    const before = await getTask(await context.board(), task_id);
    const wanted = clear ? { model: null, provider: null } : {
      model: model ?? before.model_override,
      provider: provider ?? before.provider_override,
    };
    await steer(context, task_id, [{ type: "set_model", ...wanted }]);
    const warning = before.status === "running"
      ? "The running attempt keeps its model; the next one uses this."
      : undefined;
    return { task_id, ...wanted, ...(warning ? { warning } : {}) };
  },
});

export type SetModelOutput = OutputOf<typeof setModel>;

/** @throws HermesError `invalid` naming the known providers, when `provider` is none of them. */
export function checkProvider(provider: string | null | undefined): void {
  if (!provider || Object.hasOwn(providers, provider)) return;
  const known = Object.keys(providers);
  const close = suggest(provider, known);
  throw new HermesError("invalid", `Cannot use provider "${provider}": it is unknown`, {
    remedy: `${close ? `Did you mean "${close}"? ` : ""}Known providers: ${known.join(", ")}.`,
    details: { providers: known },
  });
}
