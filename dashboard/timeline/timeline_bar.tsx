// Owns: the bar above the timeline: which stretch, in which rows.

import type { TimelineOutput } from "../../src/ops/runs/timeline.ts";
import { dateTime } from "../format/time.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { type SpanName, spans } from "./spans.ts";
import type { TimelineView } from "./timeline_page.tsx";

export function TimelineBar(
  { view, change, now, data }: {
    view: TimelineView;
    change(part: Partial<TimelineView>): void;
    now: number;
    data: TimelineOutput | undefined;
  },
) {
  const { span, until, by, list } = view;
  const half = spans[span] / 2;
  const later = (until ?? now) + half;
  return (
    <div className="timeline-bar" role="toolbar" aria-label="Timeline">
      <div className="timeline-choice" role="group" aria-label="Stretch">
        {(Object.keys(spans) as SpanName[]).map((name) => (
          <Button
            key={name}
            look="plain"
            aria-pressed={name === span}
            onClick={() => change({ span: name })}
          >
            {name}
          </Button>
        ))}
      </div>
      <IconButton
        icon="arrowLeft"
        label="Earlier"
        disabled={!data}
        onClick={() => change({ until: (until ?? now) - half })}
      />
      <IconButton
        icon="arrowRight"
        label="Later"
        disabled={until === null}
        onClick={() => change({ until: later >= now ? null : later })}
      />
      {until !== null && (
        <>
          <Button look="plain" onClick={() => change({ until: null })}>Now</Button>
          <span className="soft timeline-until">until {dateTime(until)}</span>
        </>
      )}
      <span className="spacer" />
      {data && (
        <span className="soft timeline-until" role="status">
          {data.runs.length.toLocaleString()} {data.runs.length === 1 ? "run" : "runs"}
          {data.more && ", older ones left out"}
        </span>
      )}
      <div className="timeline-choice" role="group" aria-label="Rows">
        <Button
          look="plain"
          icon="people"
          aria-pressed={by === "profile"}
          disabled={list}
          onClick={() => change({ by: "profile" })}
        >
          Profiles
        </Button>
        <Button
          look="plain"
          icon="board"
          aria-pressed={by === "task"}
          disabled={list}
          onClick={() => change({ by: "task" })}
        >
          Tasks
        </Button>
      </div>
      <Button
        look="plain"
        icon="menu"
        aria-pressed={list}
        title="The same as a table, for reading and for screen readers"
        onClick={() => change({ list: !list })}
      >
        List
      </Button>
    </div>
  );
}
