// Owns: the text of `profile rename`.

import { plural } from "../../base/text.ts";
import type { ProfileRenameOutput } from "../../ops/profiles/rename.ts";

export function text(
  { name, previous, home, reassigned, config_keys }: ProfileRenameOutput,
): string {
  return [
    `Renamed profile ${previous} to ${name}  (${home})`,
    ...(reassigned.length > 0 ? [`Reassigned ${plural(reassigned.length, "task")}`] : []),
    ...config_keys.map((key) => `Changed ${key} in config.yaml`),
  ].join("\n");
}
