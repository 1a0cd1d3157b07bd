// Owns: the events as a list of which only what is seen exists.

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { useServerNow } from "../format/server_time.ts";
import { Button } from "../parts/button.tsx";
import { EventRow } from "./event_row.tsx";
import { dayOf, dayWords } from "./days.ts";
import type { FeedEvent, useActivity } from "./use_activity.ts";

type Row =
  | { kind: "day"; key: string; words: string }
  | { kind: "event"; key: string; event: FeedEvent };

/** Nearer to the top than this, what is new is put there without asking, in px. */
const topPx = 40;

export function EventList({ activity }: { activity: ReturnType<typeof useActivity> }) {
  const { query, events, freshCount, freshIsMore, takeFresh } = activity;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const now = useServerNow(Math.floor(query.dataUpdatedAt / 1000));
  const rows = useMemo(() => rowsOf(events, now), [events, dayOf(now)]);
  const scroller = useRef<HTMLDivElement>(null);
  const [atTop, setAtTop] = useState(true);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rows[index]!.kind === "day" ? 40 : 49,
    getItemKey: (index) => rows[index]!.key,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - 12 && hasNextPage && !isFetchingNextPage) fetchNextPage();
  }, [last, rows.length, hasNextPage, isFetchingNextPage]);
  useEffect(() => {
    if (atTop && freshCount > 0) takeFresh();
  }, [atTop, freshCount, takeFresh]);

  return (
    <div className="activity-body">
      {freshCount > 0 && !atTop && (
        <Button
          look="primary"
          className="activity-fresh"
          icon="chevronUp"
          onClick={() => {
            takeFresh();
            scroller.current?.scrollTo({ top: 0 });
          }}
        >
          {freshCount}
          {freshIsMore && "+"} new
        </Button>
      )}
      <div
        className="activity-scroller"
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label="What happened, the newest first"
        onScroll={(event) => setAtTop(event.currentTarget.scrollTop < topPx)}
      >
        <div role="list" className="activity-rows" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index]!;
            return (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                role="listitem"
                className="activity-place"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {row.kind === "day"
                  ? <h2 className="activity-day">{row.words}</h2>
                  : <EventRow event={row.event} now={now} />}
              </div>
            );
          })}
        </div>
        <p className="activity-end soft" role="status">
          {isFetchingNextPage
            ? "Loading what came before…"
            : query.error
            ? "What came before cannot be read"
            : hasNextPage
            ? ""
            : "That is where it began"}
        </p>
      </div>
    </div>
  );
}

function rowsOf(events: readonly FeedEvent[], now: number): Row[] {
  const rows: Row[] = [];
  let day = "";
  for (const event of events) {
    const its = dayOf(event.created_at);
    if (its !== day) {
      rows.push({ kind: "day", key: `day-${its}`, words: dayWords(event.created_at, now) });
    }
    day = its;
    rows.push({ kind: "event", key: String(event.id), event });
  }
  return rows;
}
