// Owns: the attempts at a task, the newest first.

import { useState } from "react";
import type { Run } from "../api/shapes.ts";
import { Button } from "../parts/button.tsx";
import { RunRow } from "./run_row.tsx";

/** Attempts shown before one asks for the rest. */
const shownAtFirst = 3;

export function Runs({ runs, now }: { runs: readonly Run[]; now: number }) {
  const [all, setAll] = useState(false);
  if (runs.length === 0) return <p className="soft">Nobody has tried it yet.</p>;
  const newest = [...runs].reverse();
  const shown = all ? newest : newest.slice(0, shownAtFirst);
  const earlier = newest.length - shown.length;
  return (
    <div className="stack">
      <ul className="runs" aria-label="Runs">
        {shown.map((run) => <RunRow key={run.id} {...{ run, now }} />)}
      </ul>
      {earlier > 0 && (
        <div>
          <Button size="small" look="plain" onClick={() => setAll(true)}>+{earlier} earlier</Button>
        </div>
      )}
    </div>
  );
}
