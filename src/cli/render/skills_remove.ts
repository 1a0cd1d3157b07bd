// Owns: the text of `skills remove`.

import type { SkillsRemoveOutput } from "../../ops/skills/remove.ts";

export function text({ name, profile, trash }: SkillsRemoveOutput): string {
  const whose = profile === "default" ? "all profiles" : `profile ${profile}`;
  return `Moved skill ${name} of ${whose} to the trash  (${trash})`;
}
