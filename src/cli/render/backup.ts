// Owns: the text of `backup`.

import type { BackupOutput } from "../../ops/care/backup.ts";
import { bytes } from "./words.ts";

export function text({ board, file, size }: BackupOutput): string {
  return `Backed up board ${board} to ${file} (${bytes(size)}, checked)`;
}
