// Owns: the text of `boards rename` and `boards set-default-workdir`.

import type { BoardsRenameOutput } from "../../ops/boards/change.ts";
import { oneLine } from "../terminal.ts";

export function text({ board }: BoardsRenameOutput): string {
  const { slug, name, default_workdir } = board;
  const workdir = default_workdir === null ? "no default workdir" : `workdir ${default_workdir}`;
  return `Changed board ${slug}: ${oneLine(name)}, ${oneLine(workdir)}`;
}
