// Owns: the text of `skills list`.

import type { SkillsListOutput } from "../../ops/skills/list.ts";
import { table } from "../table.ts";
import { oneLine, type Screen } from "../terminal.ts";
import { name } from "./words.ts";

export function text({ skills }: SkillsListOutput, screen: Screen): string {
  const rows = skills.map((skill) => [
    skill.name,
    screen.paint("dim", skill.source),
    name(skill.version),
    oneLine(skill.description),
  ]);
  return table(rows, screen.width).join("\n");
}
