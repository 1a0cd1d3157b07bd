// Owns: the text of `list`.

import type { ListOutput } from "../../ops/views/list.ts";
import { table } from "../table.ts";
import { oneLine, type Screen } from "../terminal.ts";
import { name, statusIcon, statusWord } from "./words.ts";

export function text({ tasks, total, offset }: ListOutput, screen: Screen): string {
  if (tasks.length === 0) {
    return total === 0 ? "(no matching tasks)" : `(no tasks after the first ${total})`;
  }
  const withTenant = tasks.some((task) => task.tenant !== null);
  const rows = tasks.map((task) => [
    statusIcon(task.status, screen),
    task.id,
    statusWord(task.status, screen),
    name(task.assignee),
    ...(withTenant ? [task.tenant === null ? "" : `[${oneLine(task.tenant)}]`] : []),
    oneLine(task.title),
  ]);
  const lines = table(rows, screen.width);
  const more = total - offset - tasks.length;
  if (more > 0) {
    lines.push(screen.paint("dim", `(${more} more: --offset ${offset + tasks.length})`));
  }
  return lines.join("\n");
}
