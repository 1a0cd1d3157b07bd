// Owns: the attempt that is under way, at the top where one sees it at once.

import type { Run } from "../api/shapes.ts";
import { Avatar } from "../parts/badge.tsx";
import { Button } from "../parts/button.tsx";
import { EndRun } from "./end_run.tsx";
import { LiveDuration } from "./live_duration.tsx";
import { usageWords } from "./run_row.tsx";

export function ActiveRun({ run, onWatch }: { run: Run; onWatch(): void }) {
  const who = run.profile ?? "Somebody";
  const byHand = run.claim_lock === "manual";
  return (
    <section className="active-run" aria-label="Run under way">
      <Avatar name={who} />
      <div className="active-run-words">
        <span className="clip">
          <strong>{byHand ? "Taken into work by hand" : `${who} works on it`}</strong>{" "}
          <span className="faint mono">#{run.id}</span>
        </span>
        <span className="run-figures soft">
          <LiveDuration since={run.started_at} />
          {usageWords(run).map((word) => <span key={word} className="clip">{word}</span>)}
        </span>
      </div>
      <span className="active-run-acts">
        {!byHand && <Button size="small" onClick={onWatch}>Watch the log</Button>}
        <EndRun run={run} />
      </span>
    </section>
  );
}
