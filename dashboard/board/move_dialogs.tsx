// Owns: the questions asked before a move that deserves a second look.

import { type ReactNode, useState } from "react";
import { useTask } from "../api/queries.ts";
import type { Card } from "../api/shapes.ts";
import { statusTitle } from "../format/status_words.ts";
import { Confirm } from "../parts/confirm.tsx";
import { TextField } from "../parts/field.tsx";
import { ParentList } from "../parts/parent_list.tsx";
import { SkeletonLines } from "../parts/skeleton.tsx";
import type { MoveWords } from "./change_tasks.ts";
import type { Question } from "./moves.ts";

/** A move that waits for an answer. */
export interface PendingMove {
  cards: readonly Card[];
  to: string;
  ask: Question;
}

export function MoveDialog(
  { move, onMove, onClose }: {
    move: PendingMove;
    /** The answer was yes. */
    onMove(words: MoveWords): void;
    onClose(): void;
  },
) {
  const { cards, to, ask } = move;
  const what = cards.length === 1 ? `“${cards[0]!.title}”` : `${cards.length} tasks`;
  const running = cards.filter(({ status }) => status === "running").length;
  const stops = running > 0 && to !== "done"
    ? <p>{running === 1 ? "Its worker is" : `${running} workers are`} stopped.</p>
    : null;
  switch (ask) {
    case "done":
      return <DoneDialog {...{ cards, what, onMove, onClose }} />;
    case "block":
      return <BlockDialog {...{ what, onMove, onClose }} stops={stops} />;
    case "archive":
      return (
        <Confirm
          title={`Archive ${what}?`}
          action="Archive"
          look="danger"
          onConfirm={() => onMove({})}
          onClose={onClose}
        >
          <p>It leaves the board. You find it again by showing archived tasks.</p>
          {stops}
        </Confirm>
      );
    case "stop":
      return (
        <Confirm
          title={`Move ${what} to ${statusTitle(to)}?`}
          action="Stop and move"
          look="danger"
          onConfirm={() => onMove({})}
          onClose={onClose}
        >
          <p>The attempt under way is closed and its worker is stopped.</p>
        </Confirm>
      );
    case "waive":
      return (
        <Confirm
          title={`Start ${what} without waiting?`}
          action="Move to Ready"
          onConfirm={() => onMove({})}
          onClose={onClose}
        >
          <p>It still waits for:</p>
          {cards.slice(0, 5).map(({ id }) => <OpenParents key={id} id={id} />)}
          <p>As Ready it starts although they are not done.</p>
        </Confirm>
      );
  }
}

function OpenParents({ id }: { id: string }) {
  const { data } = useTask(id);
  if (!data) return <SkeletonLines lines={2} />;
  const open = data.parents.filter(({ completed_at, waived }) => completed_at === null && !waived);
  return <ParentList parents={open} />;
}

function DoneDialog(
  { cards, what, onMove, onClose }: {
    cards: readonly Card[];
    what: string;
    onMove(words: MoveWords): void;
    onClose(): void;
  },
) {
  const [summary, setSummary] = useState("");
  const waiting = cards.reduce((sum, { link_counts }) => sum + link_counts.children, 0);
  return (
    <Confirm
      title={`Complete ${what}?`}
      action="Complete"
      onConfirm={() => onMove(summary.trim() === "" ? {} : { summary: summary.trim() })}
      onClose={onClose}
    >
      <TextField
        label="Summary"
        hint={waiting === 0
          ? "What was done, for whoever builds on it."
          : waiting === 1
          ? "One other task builds on it and reads this."
          : `${waiting} other tasks build on it and read this.`}
        autoFocus
        value={summary}
        onChange={setSummary}
      />
    </Confirm>
  );
}

function BlockDialog(
  { what, stops, onMove, onClose }: {
    what: string;
    stops: ReactNode;
    onMove(words: MoveWords): void;
    onClose(): void;
  },
) {
  const [reason, setReason] = useState("");
  return (
    <Confirm
      title={`Block ${what}?`}
      action="Block"
      onConfirm={() => onMove(reason.trim() === "" ? {} : { block_reason: reason.trim() })}
      onClose={onClose}
    >
      <TextField
        label="Reason"
        hint="What has to happen before it can go on."
        autoFocus
        value={reason}
        onChange={setReason}
      />
      {stops}
    </Confirm>
  );
}
