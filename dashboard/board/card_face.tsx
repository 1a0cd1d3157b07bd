// Owns: what a card shows.

import { memo } from "react";
import type { Card } from "../api/shapes.ts";
import { ago, dateTime } from "../format/time.ts";
import { dollars } from "../format/money.ts";
import { Avatar, Badge, ProgressPill } from "../parts/badge.tsx";
import { Icon } from "../parts/icon.tsx";
import { stalenessOf } from "./stale.ts";

export interface CardFaceProps {
  card: Card;
  /** Epoch seconds by the server's clock. */
  now: number;
}

/** The lines below a card's title; drawn again only when something in them changed. */
export const CardMarks = memo(function CardMarks({ card, now }: CardFaceProps) {
  const { priority, tenant, progress, link_counts, comment_count, assignee, status } = card;
  const links = link_counts.parents + link_counts.children;
  const marked = priority !== 0 || tenant || progress || links > 0 || comment_count > 0 ||
    (card.cost_usd ?? 0) > 0 || (status === "ready" && assignee === null);
  const age = (
    <time className="card-age" title={dateTime(card.created_at)}>
      <span>
        created <span className="card-age-time">{ago(card.created_at, now)}</span>
      </span>
    </time>
  );
  return (
    <div className="card-foot">
      {marked && (
        <div className="card-marks">
          {priority !== 0 && (
            <Badge tone={priority > 0 ? "amber" : "grey"} title={`Priority ${priority}`}>
              <span className="sr-only">Priority</span>P{priority}
            </Badge>
          )}
          {status === "ready" && assignee === null && <Badge tone="red">needs assignee</Badge>}
          {tenant && <span className="card-tenant clip" title={`Tenant ${tenant}`}>{tenant}</span>}
          {progress && <ProgressPill done={progress.done} total={progress.total} />}
          {links > 0 && (
            <Count icon="link" count={links} word="link" title={linkWords(link_counts)} />
          )}
          {comment_count > 0 && <Count icon="comment" count={comment_count} word="comment" />}
          {card.cost_usd !== null && card.cost_usd > 0 && (
            <span className="card-count" title="Cost of its attempts, as far as known">
              <span className="sr-only">Cost</span>
              {dollars(card.cost_usd)}
            </span>
          )}
          {assignee === null && age}
        </div>
      )}
      {(assignee !== null || !marked) && (
        <div className="card-owner">
          {assignee !== null && (
            <span className="card-assignee" title={`Assigned to ${assignee}`}>
              <Avatar name={assignee} />
              <span className="clip">@{assignee}</span>
            </span>
          )}
          {age}
        </div>
      )}
    </div>
  );
});

function Count(
  { icon, count, word, title }: {
    icon: "link" | "comment";
    count: number;
    word: string;
    title?: string;
  },
) {
  const words = `${count} ${word}${count === 1 ? "" : "s"}`;
  return (
    <span className="card-count" title={title ?? words}>
      <Icon name={icon} size={12} />
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}

function linkWords({ parents, children }: Card["link_counts"]): string {
  return `Waits for ${parents}, ${children} wait for it`;
}

/** A card as it hangs at the pointer while it is dragged. */
export function DraggedCard({ card, now, count }: CardFaceProps & { count: number }) {
  return (
    <div className="card card-dragged" data-stale={stalenessOf(card.status, card.since, now)}>
      <div className="card-head">
        <span className="card-id">{card.id}</span>
        {count > 1 && <Badge tone="blue">{count} tasks</Badge>}
      </div>
      <div className="card-title clip-2">{card.title}</div>
      <CardMarks card={card} now={now} />
    </div>
  );
}
