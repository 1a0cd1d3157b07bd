// Owns: the text of `profile create`.

import type { ProfileCreateOutput } from "../../ops/profiles/create.ts";

export function text({ name, home, description }: ProfileCreateOutput): string {
  const line = `Created profile ${name}  (${home})`;
  if (description !== "") return line;
  return `${line}\nThe planner routes by description. Set one with: ` +
    `hermes profile describe ${name} --text "…"`;
}
