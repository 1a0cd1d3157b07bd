// Owns: the text of `export`.

import { plural } from "../../base/text.ts";
import type { ExportOutput } from "../../ops/care/export.ts";
import { bytes } from "./words.ts";

export function text({ board, file, content, tasks, rows, missing_files, size }: ExportOutput) {
  if (file === null) return content ?? "";
  return [
    `Exported board ${board}: ${plural(tasks, "task")}, ${plural(rows, "row")} in ${file} (${
      bytes(size)
    })`,
    ...(missing_files > 0
      ? [`${plural(missing_files, "attachment")} without a file: it could not be read`]
      : []),
  ].join("\n");
}
