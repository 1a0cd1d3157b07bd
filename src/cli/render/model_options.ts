// Owns: the text of `model-options`.

import type { ModelOptionsOutput } from "../../ops/runs/model_options.ts";

export function text({ main, models, providers, overrides }: ModelOptionsOutput): string {
  const counts = new Map<string, number>();
  for (const { model, tasks } of overrides) {
    if (model !== null) counts.set(model, (counts.get(model) ?? 0) + tasks);
  }
  const lines = models.map((model) => {
    const tasks = counts.get(model) ?? 0;
    const notes = [
      ...(model === main.model ? [`used by default${from(main.provider)}`] : []),
      ...(tasks > 0 ? [`chosen by ${tasks} ${tasks === 1 ? "task" : "tasks"}`] : []),
    ];
    return notes.length > 0 ? `${model}  (${notes.join(", ")})` : model;
  });
  return [
    ...(lines.length > 0 ? lines : ["No model is configured."]),
    "",
    `Providers: ${providers.join(", ")}`,
  ].join("\n");
}

function from(provider: string | null): string {
  return provider === null ? "" : ` from ${provider}`;
}
