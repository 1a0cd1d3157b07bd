// Owns: the operation `transcript`: what was said and done in a run.

import * as z from "zod";
import { getTitledRun } from "../../kernel/overview.ts";
import { defineOp, type OutputOf } from "../define.ts";
import { transcriptPath } from "../run_record.ts";

export const transcript = defineOp({
  name: "transcript",
  group: "kanban",
  summary: "Show what was said and done in a run",
  actors: ["human", "system"],
  input: z.object({
    run_id: z.number().int().positive().describe("Number of the run"),
    tail: z.number().int().min(1).max(8_000_000).default(1_000_000)
      .describe("Bytes from the end, at most 8000000"),
  }),
  output: z.object({
    run_id: z.number().int(),
    task_id: z.string(),
    path: z.string(),
    exists: z.boolean().describe("False for workers that write none: see the log"),
    size_bytes: z.number().int(),
    truncated: z.boolean(),
    entries: z.array(z.record(z.string(), z.unknown())).describe("By `kind`, oldest first"),
  }),
  http: { method: "GET", path: "/runs/:run_id/transcript" },
  async run(context, { run_id, tail }) {
    const { host, boardPaths } = context;
    const { task_id } = await getTitledRun(await context.board(), run_id);
    const path = transcriptPath(boardPaths.logsRoot, task_id, run_id);
    const { text, size, truncated } = await host.tail(path, tail);
    return {
      run_id,
      task_id,
      path,
      exists: await host.exists(path),
      size_bytes: size,
      truncated,
      entries: text.split("\n").map(entryOf).filter((entry) => entry !== null),
    };
  },
});

export type TranscriptOutput = OutputOf<typeof transcript>;

/** One line of a transcript; null for a line that is cut or was never finished. */
export function entryOf(line: string): Record<string, unknown> | null {
  if (!line.startsWith("{")) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
