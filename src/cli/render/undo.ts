// Owns: the text of `undo`.

import type { UndoOutput } from "../../ops/tasks/undo.ts";
import { table } from "../table.ts";
import { oneLine, type Screen } from "../terminal.ts";
import { ago } from "./words.ts";

const limits = "Comments, and whatever ended an attempt of a worker, cannot be undone.";

export function text({ undone, actions }: UndoOutput, screen: Screen): string {
  if (undone) {
    return actions.map(({ verb, task_id, what, title }) =>
      `Undone: ${verb} ${task_id}  (${oneLine(what)})  ${oneLine(title)}`
    ).join("\n");
  }
  if (actions.length === 0) return "(nothing to undo)";
  const lines = table(
    actions.map(({ id, verb, task_id, what, title, done_at, obstacle }) => [
      obstacle === null ? String(id) : screen.paint("dim", String(id)),
      ago(done_at, screen),
      verb,
      task_id,
      oneLine(what),
      oneLine(title) + (obstacle === null ? "" : `  ! ${obstacle}`),
    ]),
    screen.width,
  );
  return [...lines, "", screen.paint("dim", limits)].join("\n");
}
