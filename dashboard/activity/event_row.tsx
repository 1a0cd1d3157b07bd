// Owns: one event as a line: what happened to which task, whose, when.

import { memo } from "react";
import { eventSentence, eventTone } from "../format/event_words.ts";
import { ago, dateTime } from "../format/time.ts";
import { TaskLink } from "../shell/task_link.tsx";
import type { FeedEvent } from "./use_activity.ts";

export const EventRow = memo(function EventRow({ event, now }: { event: FeedEvent; now: number }) {
  const { task_id, title, assignee, kind, created_at } = event;
  const sentence = eventSentence(event);
  return (
    <div className="activity-event" data-kind={kind}>
      <span className="activity-mark" data-tone={eventTone(kind)} aria-hidden="true" />
      <div className="activity-words">
        {title === null
          ? <span className="faint mono">{task_id}</span>
          : <TaskLink id={task_id} className="activity-task clip">{title}</TaskLink>}
        <span className="activity-sentence" title={sentence}>{sentence}</span>
      </div>
      {assignee && <span className="activity-who soft clip">@{assignee}</span>}
      <time
        className="activity-when soft"
        dateTime={new Date(created_at * 1000).toISOString()}
        title={dateTime(created_at)}
      >
        {ago(created_at, now)}
      </time>
    </div>
  );
});
