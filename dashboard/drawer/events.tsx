// Owns: what happened to the task, the newest first.

import { useState } from "react";
import type { TaskEvent } from "../api/shapes.ts";
import { eventSentence, eventTone } from "../format/event_words.ts";
import { ago, dateTime } from "../format/time.ts";
import { Button } from "../parts/button.tsx";

/** Events shown before one asks for all. */
const shownAtFirst = 20;
/** Signs of life, which would crowd out what happened. */
const quiet: ReadonlySet<string> = new Set(["heartbeat", "claim_extended"]);

export function Events({ events, now }: { events: readonly TaskEvent[]; now: number }) {
  const [all, setAll] = useState(false);
  const shown = all
    ? [...events].reverse()
    : events.filter(({ kind }) => !quiet.has(kind)).slice(-shownAtFirst).reverse();
  return (
    <div className="stack">
      <ol className="events" aria-label="Events">
        {shown.map((event) => (
          <li key={event.id} className="event" data-tone={eventTone(event.kind)}>
            <span className="event-words" dir="auto" title={event.kind}>
              {eventSentence(event)}
            </span>
            <span className="faint event-time" title={dateTime(event.created_at)}>
              {ago(event.created_at, now)}
            </span>
          </li>
        ))}
      </ol>
      {shown.length < events.length && (
        <div>
          <Button size="small" look="plain" onClick={() => setAll(true)}>
            All {events.length} events
          </Button>
        </div>
      )}
    </div>
  );
}
