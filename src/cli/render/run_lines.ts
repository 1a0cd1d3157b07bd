// Owns: the table of attempts, as `runs` and `show` print it.

import { formatDuration } from "../../base/duration.ts";
import type { RunsOutput } from "../../ops/runs/runs.ts";
import { table } from "../table.ts";
import { oneLine, type Screen } from "../terminal.ts";
import { figuresLine } from "./figures.ts";
import { name, stamp } from "./words.ts";

type Run = RunsOutput["runs"][number];

/** Columns `#`, OUTCOME, PROFILE, ELAPSED, STARTED; below each its summary and error. */
export function runLines(runs: readonly Run[], screen: Screen): string[] {
  if (runs.length === 0) return [];
  const [header, ...rows] = table([
    ["#", "OUTCOME", "PROFILE", "ELAPSED", "STARTED"],
    ...runs.map((run) => [
      String(run.id),
      outcome(run, screen),
      name(run.profile),
      formatDuration((run.ended_at ?? screen.now) - run.started_at),
      stamp(run.started_at),
    ]),
  ], screen.width);
  return [
    screen.paint("dim", header!),
    ...rows.flatMap((row, index) => [row, ...remarks(runs[index]!, screen)]),
  ];
}

function outcome({ outcome, ended_at }: Run, screen: Screen): string {
  if (ended_at === null) return screen.paint("yellow", "active");
  const word = outcome ?? "ended";
  if (word === "completed") return screen.paint("green", word);
  return screen.paint(word === "reclaimed" || word === "rate_limited" ? "dim" : "red", word);
}

function remarks({ summary, error, ...run }: Run, screen: Screen): string[] {
  return [
    ...usageRemark(run, screen),
    ...(summary ? [`   → ${oneLine(summary)}`] : []),
    ...(error ? [screen.paint("red", `   ! ${oneLine(error)}`)] : []),
  ];
}

/** Model, cost and tokens, as far as they are known. */
function usageRemark(
  { model, cost_usd, input_tokens, output_tokens }: Omit<Run, "summary" | "error">,
  screen: Screen,
): string[] {
  if (model === null && input_tokens === null && cost_usd === null) return [];
  const figures = figuresLine({
    cost_usd,
    input_tokens,
    output_tokens,
    unknown_runs: 0,
    unknown_token_runs: 0,
  });
  return [screen.paint("dim", `   $ ${oneLine(model ?? "unknown model")}: ${figures}`)];
}
