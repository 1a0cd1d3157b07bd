// Owns: the text of `import`.

import { plural } from "../../base/text.ts";
import type { ImportOutput } from "../../ops/care/import.ts";
import { oneLine } from "../terminal.ts";

export function text(output: ImportOutput): string {
  const { board, dry_run, tasks, rows, ids, released, added } = output;
  const verb = dry_run ? "Would import" : "Imported";
  return [
    `${verb} ${plural(tasks, "task")} (${plural(rows, "row")}) into board ${board}`,
    ...(released.length > 0 ? [`Ready again, as they were running: ${released.join(", ")}`] : []),
    ...(added.length > 0 ? [`Taken over from another program: ${oneLine(added.join(", "))}`] : []),
    ...(dry_run ? [] : Object.entries(ids).map(([from, to]) => `${from} -> ${to}`)),
    ...(dry_run ? ["Nothing was changed."] : []),
  ].join("\n");
}
