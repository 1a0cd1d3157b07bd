// Owns: whether triage tasks are planned without anybody asking.

import type { Environment } from "../config/env_names.ts";
import type { Config } from "../config/schema.ts";
import type { AutoLimits } from "../kernel/plannable.ts";
import { auxiliaryProblem } from "../llm/auxiliary.ts";

/** What the automatic planner would do with a triage task. */
export interface PlanningReadiness {
  auto: boolean;
  /** Why no model can be asked; null when one can. */
  problem: string | null;
}

/** Judges the configuration alone: whether a gateway runs is another question. */
export function planningReadiness(config: Config, env: Environment): PlanningReadiness {
  const { auto_decompose, auto_decompose_per_tick } = config.kanban;
  return {
    auto: auto_decompose && auto_decompose_per_tick > 0,
    problem: auxiliaryProblem(config, env, "kanban_decomposer"),
  };
}

/** What a task must keep within to be planned without anybody asking. */
export function autoLimits({ kanban }: Pick<Config, "kanban">): AutoLimits {
  return {
    maxDepth: kanban.auto_decompose_max_depth,
    quietSeconds: kanban.auto_decompose_quiet_seconds,
  };
}
