// Owns: the text of `attachments`.

import type { AttachmentsOutput } from "../../ops/tasks/attach.ts";
import { table } from "../table.ts";
import { oneLine, type Screen } from "../terminal.ts";
import { bytes, name, stamp } from "./words.ts";

export function text({ attachments }: AttachmentsOutput, screen: Screen): string {
  if (attachments.length === 0) return "(no attachments)";
  const rows = attachments.map(({ id, filename, size, uploaded_by, created_at, stored_path }) => [
    String(id),
    oneLine(filename),
    bytes(size),
    name(uploaded_by),
    stamp(created_at),
    oneLine(stored_path),
  ]);
  return table([["#", "NAME", "SIZE", "BY", "ADDED", "FILE"], ...rows], screen.width).join("\n");
}
