// Owns: the runs of a stretch as a table.

import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { outcomeWords } from "../format/status_words.ts";
import { dateTime } from "../format/time.ts";
import { Badge } from "../parts/badge.tsx";
import { outcomeTone } from "../parts/outcome_tone.ts";
import { TaskLink } from "../shell/task_link.tsx";
import type { TimelineRun } from "./lanes.ts";
import { durationWords } from "./run_words.ts";

const rowHeight = 37;

/** The newest first; rows out of sight are one empty row above and one below. */
export function RunTable({ runs, now }: { runs: readonly TimelineRun[]; now: number }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: runs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div
      className="timeline-table-scroller"
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label="Runs, the newest first"
    >
      <table className="timeline-table" aria-rowcount={runs.length + 1}>
        <thead>
          <tr>
            <th scope="col">Task</th>
            <th scope="col">Profile</th>
            <th scope="col">Outcome</th>
            <th scope="col">Began</th>
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} />}
          {items.map(({ index }) => {
            const run = runs[index]!;
            return (
              <tr key={run.id} aria-rowindex={index + 2}>
                <th scope="row">
                  <TaskLink id={run.task_id} className="clip">{run.title ?? run.task_id}</TaskLink>
                </th>
                <td>{run.profile ?? "nobody"}</td>
                <td>
                  <Badge tone={outcomeTone(run.outcome)}>{outcomeWords(run.outcome)}</Badge>
                </td>
                <td>{dateTime(run.started_at)}</td>
                <td>{durationWords(run, now)}</td>
              </tr>
            );
          })}
          {after > 0 && <Gap height={after} />}
        </tbody>
      </table>
    </div>
  );
}

function Gap({ height }: { height: number }) {
  return (
    <tr aria-hidden="true">
      <td colSpan={5} className="timeline-gap" style={{ height }} />
    </tr>
  );
}
