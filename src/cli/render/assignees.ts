// Owns: the text of `assignees`.

import type { AssigneesOutput } from "../../ops/views/assignees.ts";
import { table } from "../table.ts";
import type { Screen } from "../terminal.ts";
import { name } from "./words.ts";

export function text({ assignees }: AssigneesOutput, screen: Screen): string {
  const rows = assignees.map((assignee) => [
    name(assignee.name),
    assignee.on_disk ? "profile" : screen.paint("dim", "no profile"),
    Object.entries(assignee.counts).map(([status, count]) => `${status} ${count}`).join(", "),
  ]);
  return table(rows, screen.width).join("\n");
}
