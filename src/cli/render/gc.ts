// Owns: the text of `gc`.

import { plural } from "../../base/text.ts";
import type { GcOutput } from "../../ops/care/gc.ts";
import { oneLine } from "../terminal.ts";

const reasons: Record<GcOutput["kept"][number]["reason"], string> = {
  outside: "it is not below the folder of the workspaces",
  worktree: "it holds a git worktree",
};

export function text(output: GcOutput): string {
  const { workspaces, events, logs, trash_emptied, trash_keep_days, kept } = output;
  const stay = workspaces > 0 ? `, deleted for good in ${plural(trash_keep_days, "day")}` : "";
  return [
    `Workspaces moved to the trash: ${workspaces}${stay}`,
    `Events deleted: ${events}`,
    `Logs deleted: ${logs}`,
    ...(trash_emptied > 0 ? [`Deleted from the trash: ${trash_emptied}`] : []),
    ...kept.map(({ task_id, path, reason }) =>
      `Left in place: ${oneLine(path)} of ${task_id}, since ${reasons[reason]}`
    ),
  ].join("\n");
}
