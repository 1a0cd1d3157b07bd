// Owns: the text of `set-model`.

import type { SetModelOutput } from "../../ops/runs/set_model.ts";

export function text({ task_id, model, provider }: SetModelOutput): string {
  if (model === null && provider === null) return `${task_id} uses its profile's model`;
  const words = [
    ...(model === null ? [] : [`model ${model}`]),
    ...(provider === null ? [] : [`provider ${provider}`]),
  ];
  return `${task_id} uses ${words.join(", ")}`;
}
