// Owns: the text of `skills show`.

import type { SkillsShowOutput } from "../../ops/skills/show.ts";
import { plainText, type Screen } from "../terminal.ts";
import { name } from "./words.ts";

export function text(skill: SkillsShowOutput, screen: Screen): string {
  const rows: [string, string][] = [
    ["Version", name(skill.version)],
    ["Source", skill.source],
    ["Folder", skill.path ?? "part of hermes"],
  ];
  return [
    screen.paint("bold", skill.name),
    `  ${plainText(skill.description) || "(no description)"}`,
    ...rows.map(([label, value]) => `  ${screen.paint("dim", label.padEnd(8))} ${value}`),
    "",
    plainText(skill.text),
  ].join("\n");
}
