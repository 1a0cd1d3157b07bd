// Owns: the text of `runs`.

import type { RunsOutput } from "../../ops/runs/runs.ts";
import type { Screen } from "../terminal.ts";
import { runLines } from "./run_lines.ts";

export function text({ task_id, runs }: RunsOutput, screen: Screen): string {
  return runs.length === 0 ? `(no runs of ${task_id} yet)` : runLines(runs, screen).join("\n");
}
