// Owns: dragging cards by mouse, touch and keyboard, and saying aloud what happens.

import {
  type Active,
  type Announcements,
  closestCenter,
  type CollisionDetection,
  DndContext,
  DragOverlay,
  KeyboardSensor,
  MouseSensor,
  pointerWithin,
  type ScreenReaderInstructions,
  TouchSensor,
  useDroppable,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { type ReactNode, useMemo, useState } from "react";
import { createPortal } from "react-dom";
import type { Card } from "../api/shapes.ts";
import { statusTitle } from "../format/status_words.ts";
import { Icon } from "../parts/icon.tsx";
import { DraggedCard } from "./card_face.tsx";
import { nextColumn } from "./drag_keys.ts";
import { planMoves } from "./moves.ts";

export interface DragBoardProps {
  now: number;
  /** The cards that move when `card` is dragged: itself, or the selection it belongs to. */
  groupOf(card: Card): readonly Card[];
  onDrop(cards: readonly Card[], to: string): void;
  /** Draws the columns; hears what is being dragged. */
  children(dragged: readonly Card[] | null): ReactNode;
}

/** Around the columns. */
export function DragBoard({ now, groupOf, onDrop, children }: DragBoardProps) {
  const [dragged, setDragged] = useState<readonly Card[] | null>(null);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    // A short hold: before it a finger scrolls.
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: nextColumn,
      // Enter opens the task.
      keyboardCodes: { start: ["Space"], cancel: ["Escape"], end: ["Space", "Enter"] },
    }),
  );
  const accessibility = useMemo(() => ({
    announcements: announcementsFor(groupOf),
    screenReaderInstructions: instructions,
  }), [groupOf]);
  const first = dragged?.[0];
  return (
    <DndContext
      sensors={sensors}
      accessibility={accessibility}
      collisionDetection={underPointer}
      autoScroll={{ canScroll: (element) => element.classList.contains("columns") }}
      onDragStart={({ active }) => setDragged(groupOf(cardOf(active)!))}
      onDragCancel={() => setDragged(null)}
      onDragEnd={({ active, over }) => {
        setDragged(null);
        if (over) onDrop(groupOf(cardOf(active)!), String(over.id));
      }}
    >
      {children(dragged)}
      {dragged && <ArchiveZone />}
      {createPortal(
        <DragOverlay dropAnimation={null} className="drag-overlay">
          {first && <DraggedCard card={first} now={now} count={dragged.length} />}
        </DragOverlay>,
        document.body,
      )}
    </DndContext>
  );
}

/** Where one drops what leaves the board, while archived tasks are not shown. */
function ArchiveZone() {
  const { setNodeRef, isOver } = useDroppable({ id: "archived" });
  return (
    <div ref={setNodeRef} className="archive-zone" data-over={isOver || undefined}>
      <Icon name="archive" />
      Archive
    </div>
  );
}

/** The pointer decides; without one the column whose centre is nearest. */
const underPointer: CollisionDetection = (given) =>
  given.pointerCoordinates ? pointerWithin(given) : closestCenter(given);

function cardOf(active: Active): Card | undefined {
  return active.data.current?.card;
}

const instructions: ScreenReaderInstructions = {
  draggable:
    "Press Enter to open. Press Space to pick up, then the left and right arrows to choose " +
    "a column, Space to drop, Escape to leave it where it was.",
};

function announcementsFor(groupOf: (card: Card) => readonly Card[]): Announcements {
  const name = (active: Active) => {
    const card = cardOf(active);
    if (!card) return "The task";
    const { length } = groupOf(card);
    return length > 1 ? `${length} tasks` : card.title;
  };
  // Over its own column at first: saying so would drown what was just said.
  let left = false;
  return {
    onDragStart({ active }) {
      left = false;
      return `Picked up ${name(active)} from ${statusTitle(cardOf(active)?.status ?? "")}.`;
    },
    onDragOver({ active, over }) {
      if (!left && (!over || String(over.id) === cardOf(active)?.status)) return;
      left = true;
      if (!over) return `${name(active)} is over no column.`;
      const to = String(over.id);
      const card = cardOf(active);
      if (!card) return;
      if (card.status === to) return `${name(active)} is over ${statusTitle(to)}, where it was.`;
      const plan = planMoves(groupOf(card), to);
      return plan.allowed
        ? `${name(active)} is over ${statusTitle(to)}.`
        : `${name(active)} cannot be dropped in ${statusTitle(to)}: ${plan.reason}.`;
    },
    onDragEnd: ({ active, over }) =>
      over && String(over.id) !== cardOf(active)?.status
        ? `Dropped ${name(active)} in ${statusTitle(String(over.id))}.`
        : `${name(active)} stays where it was.`,
    onDragCancel: ({ active }) => `Cancelled. ${name(active)} stays where it was.`,
  };
}
