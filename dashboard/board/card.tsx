// Owns: one card on the board: a link to its task that can be dragged, selected and asked why it waits.

import { useDraggable } from "@dnd-kit/core";
import { memo, type MouseEvent } from "react";
import type { Card } from "../api/shapes.ts";
import { taskHref } from "../shell/place.ts";
import { useBoardActions } from "./board_actions.ts";
import { CardMarks } from "./card_face.tsx";
import { stalenessOf } from "./stale.ts";
import { WhyButton } from "./why_button.tsx";

interface BoardCardProps {
  card: Card;
  now: number;
  selected: boolean;
  /** The one card of its column that Tab reaches. */
  tabbable: boolean;
}

/** Only this thin shell is drawn again while something is dragged; the face is not. */
export function BoardCard(props: BoardCardProps) {
  const { card } = props;
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, isDragging } = useDraggable({
    id: card.id,
    data: { card },
  });
  return (
    <div
      ref={setNodeRef}
      className="card-shell"
      data-dragging={isDragging || undefined}
      {...listeners}
    >
      <Face
        {...props}
        handle={setActivatorNodeRef}
        describedBy={attributes["aria-describedby"]}
      />
    </div>
  );
}

const Face = memo(function Face(
  { card, now, selected, tabbable, handle, describedBy }: BoardCardProps & {
    handle: (element: HTMLElement | null) => void;
    describedBy: string;
  },
) {
  const actions = useBoardActions();
  const { id } = card;
  const click = (event: MouseEvent) => {
    event.preventDefault();
    if (event.shiftKey) actions.extendTo(id);
    else if (event.ctrlKey || event.metaKey) actions.toggle(id);
    else actions.open(id);
  };
  const waits = card.status !== "running" && card.status !== "done" && card.status !== "archived";
  return (
    <div
      className="card"
      data-card={id}
      data-selected={selected || undefined}
      data-stale={stalenessOf(card.status, card.since, now) ?? undefined}
    >
      <div className="card-head">
        <input
          type="checkbox"
          className="card-check"
          checked={selected}
          tabIndex={tabbable ? 0 : -1}
          aria-label={`Select ${card.title}`}
          onChange={() => {}}
          onClick={(event) => {
            if (event.shiftKey) actions.extendTo(id);
            else actions.toggle(id);
          }}
        />
        <span className="card-id">{id}</span>
        {waits && <WhyButton card={card} tabbable={tabbable} />}
      </div>
      <a
        ref={handle}
        className="card-title clip-2"
        href={taskHref(id)}
        tabIndex={tabbable ? 0 : -1}
        aria-describedby={describedBy}
        draggable={false}
        onClick={click}
      >
        {card.title}
      </a>
      <CardMarks card={card} now={now} />
    </div>
  );
});
