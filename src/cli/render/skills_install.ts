// Owns: the text of `skills install`.

import { plural } from "../../base/text.ts";
import type { SkillsInstallOutput } from "../../ops/skills/install.ts";

export function text({ profile, installed }: SkillsInstallOutput): string {
  const whose = profile === "default" ? "for all profiles" : `for profile ${profile}`;
  return installed.flatMap(({ name, path, files, replaced }) => [
    `Installed skill ${name} ${whose}, ${plural(files, "file")}  (${path})`,
    ...(replaced === null ? [] : [`The one it replaces is in the trash  (${replaced})`]),
  ]).join("\n");
}
