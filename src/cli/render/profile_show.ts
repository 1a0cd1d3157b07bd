// Owns: the text of `profile show`.

import type { ProfileShowOutput } from "../../ops/profiles/show.ts";
import { plainText, type Screen } from "../terminal.ts";
import { name } from "./words.ts";

export function text(profile: ProfileShowOutput, screen: Screen): string {
  const rows: [string, string][] = [
    ["Model", name(profile.model)],
    ["Provider", name(profile.provider)],
    ["Skills", String(profile.skill_count)],
    ["Toolsets", profile.toolsets.join(", ") || "-"],
    ["Folder", profile.home],
  ];
  const description = profile.description === "" ? "(no description)" : profile.description;
  return [
    screen.paint("bold", profile.name),
    `  ${profile.description_auto ? "[auto] " : ""}${plainText(description)}`,
    ...rows.map(([label, value]) => `  ${screen.paint("dim", label.padEnd(8))} ${value}`),
  ].join("\n");
}
