// Owns: where the record of a run lies, and its newest part as text for somebody who judges it.

import { cut } from "../base/text.ts";
import { fileId } from "../dispatcher/logs.ts";
import type { OpContext } from "./context.ts";

/** Bytes read from the end of a record. */
const tailBytes = 256 * 1024;
/** Characters shown of one entry. */
const entryCharacters = 3000;

/** Where the built-in worker writes what happens in a run: one JSON object a line, beside the worker's log. */
export function transcriptPath(logsRoot: string, taskId: string, runId: number): string {
  return `${logsRoot}/${fileId(taskId)}.${runId}.jsonl`;
}

/**
 * The newest part of what a worker did, at most `most` characters: from its transcript, or for workers that
 * write none from the end of their log.
 */
export async function recordOfRun(
  { host, boardPaths: { logsRoot } }: Pick<OpContext, "host" | "boardPaths">,
  taskId: string,
  runId: number,
  most: number,
): Promise<string> {
  const transcript = await host.tail(transcriptPath(logsRoot, taskId, runId), tailBytes);
  if (transcript.size > 0) return newest(entriesOf(transcript.text), most);
  const log = await host.tail(`${logsRoot}/${taskId}.log`, most);
  return log.text;
}

/** The last entries that fit, oldest first, with a word on what is missing before them. */
function newest(entries: readonly string[], most: number): string {
  let from = entries.length;
  let size = 0;
  while (from > 0 && size + entries[from - 1]!.length < most) size += entries[--from]!.length + 2;
  const shown = entries.slice(from);
  return [...(from > 0 ? [`[${from} earlier entries left out]`] : []), ...shown].join("\n\n");
}

function entriesOf(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    try {
      return shownEntry(JSON.parse(line)) ?? [];
    } catch {
      // The first line of a tail is cut, and a killed worker may leave half a line.
      return [];
    }
  });
}

function shownEntry(entry: Record<string, unknown>): string | null {
  const text = (value: unknown) =>
    typeof value === "string" ? cut(value.trim(), entryCharacters) : "";
  switch (entry["kind"]) {
    case "message":
      if (entry["role"] === "system" || text(entry["text"]) === "") return null;
      return entry["role"] === "assistant"
        ? `The agent said: ${text(entry["text"])}`
        : `It was told: ${text(entry["text"])}`;
    case "call":
      return `It called ${text(entry["tool"])} with ${text(entry["arguments"])}`;
    case "result":
      return `${text(entry["tool"])} answered${entry["failed"] ? " with an error" : ""}: ${
        text(entry["text"])
      }`;
    case "compaction":
      return `Older steps, as the agent noted them: ${text(entry["note"])}`;
    default:
      return null;
  }
}
