// Owns: the text of `profile list`.

import type { ProfileListOutput } from "../../ops/profiles/list.ts";
import { table } from "../table.ts";
import { oneLine, type Screen } from "../terminal.ts";
import { name } from "./words.ts";

export function text({ profiles }: ProfileListOutput, screen: Screen): string {
  const rows = profiles.map((profile) => [
    profile.is_active ? `${profile.name} *` : profile.name,
    name(profile.model),
    profile.description === ""
      ? "(no description)"
      : `${profile.description_auto ? "[auto] " : ""}${oneLine(profile.description)}`,
  ]);
  return table(rows, screen.width).join("\n");
}
