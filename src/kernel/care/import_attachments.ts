// Owns: the files of imported attachments, from the moment they are written until the import has succeeded.

import { HermesError } from "../../base/errors.ts";
import { randomIds } from "../../base/ids.ts";
import { ensureDir, removeTreeInside } from "../../platform/files.ts";
import { joinPath } from "../../platform/paths.ts";
import { writeBytes } from "../../platform/text_lines.ts";
import { attachmentName } from "../attachment_name.ts";
import { importedRows } from "./import_file.ts";

/** Files that were written for an import. */
export interface PlacedFiles {
  /** Row number in the export → path. */
  paths: Map<number, string>;
  /** Deletes them again. */
  remove(): Promise<void>;
}

/**
 * Writes the files of an export into a folder of its own below `root`.
 *
 * @throws HermesError `invalid` when a file cannot be decoded, `io`; nothing stays behind then.
 */
export async function placeFiles(path: string, root: string): Promise<PlacedFiles> {
  const folder = joinPath(root, `imported-${randomIds.token(4)}`);
  const paths = new Map<number, string>();
  const remove = async () => {
    if (paths.size > 0) await removeTreeInside(root, folder);
  };
  let number = -1;
  try {
    for (const { r, f } of importedRows(path)) {
      number++;
      if (f === undefined) continue;
      await ensureDir(folder);
      const { filename } = r;
      const name = attachmentName(typeof filename === "string" ? filename : "file");
      const target = joinPath(folder, `${number}-${name}`);
      paths.set(number, target);
      writeBytes(target, Uint8Array.fromBase64(f));
    }
  } catch (error) {
    await remove();
    if (!(error instanceof SyntaxError)) throw error;
    throw new HermesError("invalid", `Cannot import "${path}": an attachment is damaged`, {
      remedy: "Nothing was imported. Export the board again.",
      details: { row: number },
    });
  }
  return { paths, remove };
}
