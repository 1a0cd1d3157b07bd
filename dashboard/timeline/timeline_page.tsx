// Owns: the page that shows who worked when.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSearchParams } from "wouter";
import type { TimelineOutput } from "../../src/ops/runs/timeline.ts";
import { get } from "../api/client.ts";
import { key } from "../api/keys.ts";
import { useServerNow } from "../format/server_time.ts";
import { Empty, Failure, Skeleton } from "../parts/skeleton.tsx";
import { Chart } from "./chart.tsx";
import { type GroupBy, groupsOf } from "./lanes.ts";
import { RunTable } from "./run_table.tsx";
import { isSpan, type SpanName, spans } from "./spans.ts";
import { TimelineBar } from "./timeline_bar.tsx";

/** Older runs of a stretch are left out beyond this many. */
const mostRuns = 2000;

export interface TimelineView {
  span: SpanName;
  /** Epoch second the stretch ends at; null = now, going on. */
  until: number | null;
  by: GroupBy;
  list: boolean;
}

export default function TimelinePage() {
  const [view, change] = useTimelineView();
  const { span, until, by } = view;
  const { data, error, refetch } = useRuns(span, until);
  const clock = useServerNow(data?.now ?? 0);
  // The clock goes in steps; what began after its last one is there already.
  const now = Math.max(clock, data?.now ?? 0);
  const groups = useMemo(() => data && groupsOf(data.runs, by, now), [data, by, now]);
  const end = until ?? now;
  const stretch = { since: end - spans[span], until: end };
  return (
    <div className="timeline">
      <TimelineBar view={view} change={change} now={now} data={data} />
      {error
        ? (
          <div className="page-padded">
            <Failure title="The timeline cannot be shown" error={error} onRetry={refetch} />
          </div>
        )
        : !data || !groups
        ? <Waiting />
        : groups.length === 0
        ? (
          <Empty icon="timeline" title="Nobody worked in this time">
            Every attempt of a worker is a bar here: who it was, on what, for how long and what came
            of it.
          </Empty>
        )
        : view.list
        ? <RunTable runs={data.runs} now={now} />
        : <Chart groups={groups} stretch={stretch} span={span} now={now} />}
    </div>
  );
}

function useRuns(span: SpanName, until: number | null) {
  return useQuery({
    queryKey: key("timeline", span, until),
    queryFn: ({ signal }) =>
      get<TimelineOutput>("/runs", {
        signal,
        query: until === null
          ? { since: span, limit: mostRuns }
          : { since: until - spans[span], until, limit: mostRuns },
      }),
    placeholderData: keepPreviousData,
  });
}

function useTimelineView(): [TimelineView, (part: Partial<TimelineView>) => void] {
  const [search, setSearch] = useSearchParams();
  const word = search.get("span") ?? "";
  const until = Number(search.get("until"));
  const view: TimelineView = {
    span: isSpan(word) ? word : "24h",
    until: Number.isInteger(until) && until > 0 ? until : null,
    by: search.get("by") === "task" ? "task" : "profile",
    list: search.has("list"),
  };
  const change = (part: Partial<TimelineView>) =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      for (const [name, value] of Object.entries({ ...part })) {
        if (value === null || value === false) next.delete(name);
        else next.set(name, value === true ? "1" : String(value));
      }
      return next;
    }, { replace: true });
  return [view, change];
}

function Waiting() {
  return (
    <div className="page-padded stack" role="status">
      <span className="sr-only">Loading the timeline</span>
      {[60, 35, 80, 50].map((width) => <Skeleton key={width} width={`${width}%`} height={24} />)}
    </div>
  );
}
