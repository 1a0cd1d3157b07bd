// Owns: warning whoever gives a budget that it cannot be kept.

import { defaultProfile } from "../../config/paths.ts";
import type { TaskView } from "../../kernel/views.ts";
import type { OpContext } from "../context.ts";

/** A sentence when nobody says what the model of a task's worker costs; null when somebody does. */
export async function blindBudget(context: OpContext, task: TaskView): Promise<string | null> {
  if (task.max_cost_usd === null) return null;
  const { unpricedModel } = await import("../../profiles/price_known.ts");
  const profiles = await context.profiles();
  const { assignee, model_override: model, provider_override: provider } = task;
  const profile = assignee !== null && profiles.includes(assignee) ? assignee : defaultProfile;
  const found = await unpricedModel(context.paths, context.env, profile, { model, provider });
  if (found === null) return null;
  return `Nobody says what model "${found.model}" of ${found.provider} costs, so its costs do not ` +
    `count towards the budget. Say it in config.yaml, below "prices:"; 0 when it is free.`;
}
