// Owns: writing a board as text that another board, or another program, can read.

import { HermesError } from "../../base/errors.ts";
import { exists } from "../../platform/files.ts";
import { absolutePath } from "../../platform/paths.ts";
import { readBytes, writeWhole } from "../../platform/text_lines.ts";
import { readRaw } from "../engine/raw_rows.ts";
import {
  encodeRow,
  type EndLine,
  formatVersion,
  type Header,
  isDerived,
  type RowLine,
} from "./export_format.ts";

/** What was exported. */
export interface Exported {
  tasks: number;
  rows: number;
  /** Attachments whose file is in the export. */
  files: number;
  /** Attachments whose file could not be read. */
  missing_files: number;
}

/**
 * Writes the board at `path` line by line, in the state of one moment: every row and column of every table,
 * those of other programs too, and the files of attachments.
 *
 * @param write takes a line with its end.
 * @throws HermesError `invalid` when the file holds no board, `corrupt`, `busy`, `io`.
 */
export async function exportBoard(
  path: string,
  about: { board: string; now: number },
  write: (line: string) => void,
): Promise<Exported> {
  return await readRaw(path, (board) => {
    const tables = board.tables.filter(({ name }) => !isDerived(name));
    if (!tables.some(({ name }) => name === "tasks")) {
      throw new HermesError("invalid", `Cannot export "${path}": it holds no board`);
    }
    const header: Header = {
      hermes_board: formatVersion,
      board: about.board,
      exported_at: about.now,
      schema: board.schema,
      tables,
    };
    const put = (value: Header | RowLine | EndLine) => write(`${JSON.stringify(value)}\n`);
    put(header);
    const exported: Exported = { tasks: 0, rows: 0, files: 0, missing_files: 0 };
    for (const { name } of tables) {
      for (const row of board.rows(name)) {
        const line: RowLine = { t: name, r: encodeRow(row) };
        if (name === "task_attachments") addFile(line, exported);
        put(line);
        exported.rows++;
        if (name === "tasks") exported.tasks++;
      }
    }
    put({ end: true, rows: exported.rows });
    return Promise.resolve(exported);
  });
}

/**
 * {@link exportBoard} into a file, which appears when it is complete.
 *
 * @throws HermesError `refused` when there is a file at `target` and `replace` is not given.
 */
export async function exportToFile(
  path: string,
  target: string,
  about: { board: string; now: number; replace: boolean },
): Promise<Exported & { file: string; size: number }> {
  const file = absolutePath(target);
  if (!about.replace && await exists(file)) {
    throw new HermesError("refused", `Cannot write export "${file}": the file exists`, {
      remedy: "Choose another name, or overwrite it with --force.",
    });
  }
  let exported: Exported | undefined;
  const size = await writeWhole(file, async (append) => {
    exported = await exportBoard(path, about, append);
  });
  return { ...exported!, file, size };
}

function addFile(line: RowLine, exported: Exported): void {
  const { stored_path } = line.r;
  const bytes = typeof stored_path === "string" ? readBytes(stored_path) : null;
  if (bytes === null) {
    exported.missing_files++;
    return;
  }
  line.f = bytes.toBase64();
  exported.files++;
}
