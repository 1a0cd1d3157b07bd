// Owns: one attempt: how it went, what it took, what was said in it.

import { useState } from "react";
import type { Run } from "../api/shapes.ts";
import { dollars, tokens } from "../format/money.ts";
import { outcomeWords } from "../format/status_words.ts";
import { ago, dateTime, stopwatch } from "../format/time.ts";
import { Badge } from "../parts/badge.tsx";
import { Button } from "../parts/button.tsx";
import { Markdown } from "../parts/markdown.tsx";
import { outcomeTone } from "../parts/outcome_tone.ts";
import { Clamp } from "./clamp.tsx";
import { EndRun } from "./end_run.tsx";
import { LiveDuration } from "./live_duration.tsx";
import { Transcript } from "./transcript.tsx";

export function RunRow({ run, now }: { run: Run; now: number }) {
  const [shown, setShown] = useState<"transcript" | "facts" | null>(null);
  const open = run.ended_at === null;
  const toggle = (what: "transcript" | "facts") => setShown(shown === what ? null : what);
  return (
    <li className="run" data-tone={outcomeTone(run.outcome)}>
      <p className="run-head">
        <Badge tone={outcomeTone(run.outcome)}>
          {outcomeWords(run.outcome)}
        </Badge>
        <strong className="clip">{run.profile ?? "by hand"}</strong>
        <span className="faint mono">#{run.id}</span>
        <span className="spacer" />
        <span className="faint" title={dateTime(run.started_at)}>
          {open ? "since " : ""}
          {open ? dateTime(run.started_at) : ago(run.started_at, now)}
        </span>
      </p>
      <p className="run-figures soft">
        {open
          ? <LiveDuration since={run.started_at} />
          : <span>{stopwatch((run.ended_at ?? now) - run.started_at)}</span>}
        {usageWords(run).map((word) => <span key={word} className="anywhere">{word}</span>)}
      </p>
      {run.error !== null && <p className="run-error anywhere" dir="auto">{run.error}</p>}
      {run.summary !== null && (
        <Clamp text={run.summary} height={160}>
          {(text) => (
            <div dir="auto">
              <Markdown text={text} />
            </div>
          )}
        </Clamp>
      )}
      <div className="run-acts">
        <Button
          size="small"
          look="plain"
          aria-expanded={shown === "transcript"}
          onClick={() => toggle("transcript")}
        >
          Transcript
        </Button>
        {run.metadata !== null && (
          <Button
            size="small"
            look="plain"
            aria-expanded={shown === "facts"}
            onClick={() => toggle("facts")}
          >
            Metadata
          </Button>
        )}
        {open && <EndRun run={run} />}
      </div>
      {shown === "transcript" && <Transcript runId={run.id} live={open} />}
      {shown === "facts" && (
        <pre className="fold-text" tabIndex={0} aria-label={`Metadata of run ${run.id}`}>
          {JSON.stringify(run.metadata, null, 2)}
        </pre>
      )}
    </li>
  );
}

/** Model, tokens and cost, as far as known. */
export function usageWords(run: Run): string[] {
  const { model, lane, input_tokens: given, output_tokens: got, cost_usd: cost } = run;
  return [
    model,
    lane !== null && lane !== "hermes" && lane !== "builtin" ? lane : null,
    given === null && got === null ? null : `${tokens((given ?? 0) + (got ?? 0))} tokens`,
    cost === null ? null : dollars(cost),
  ].filter((word): word is string => word !== null && word !== "");
}
