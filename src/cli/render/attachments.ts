// Owns: the text of `attachments`.

import type { AttachmentsOutput } from "../../ops/attach.ts";
import { table } from "../table.ts";
import { oneLine, type Screen } from "../terminal.ts";
import { name, stamp } from "./words.ts";

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

/** `812 B`, `1.5 KB`, `24.9 MB`. */
function bytes(count: number): string {
  if (count < 1024) return `${count} B`;
  const kilobytes = count / 1024;
  return kilobytes < 1024 ? `${kilobytes.toFixed(1)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
