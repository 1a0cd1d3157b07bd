// Owns: the text of `restore`.

import { plural } from "../../base/text.ts";
import type { RestoreOutput } from "../../ops/care/restore.ts";
import { bytes } from "./words.ts";

export function text({ board, db, kept, size, tasks }: RestoreOutput): string {
  return [
    `Restored board ${board}: ${plural(tasks, "task")} (${bytes(size)}) in ${db}`,
    ...(kept === null ? [] : [`The board as it was is kept as ${kept}`]),
  ].join("\n");
}
