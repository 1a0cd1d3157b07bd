// Owns: the strip above the board that names what needs a person.

import { useState } from "react";
import { useAttention } from "../api/queries.ts";
import type { Attention } from "../api/shapes.ts";
import { Badge, type Tone } from "../parts/badge.tsx";
import { Icon } from "../parts/icon.tsx";
import { useBoardActions } from "./board_actions.ts";

type Kind = Exclude<keyof Attention, "count">;
type Concern = Attention[Kind][number];

const kinds: readonly { kind: Kind; word: string; tone: Tone }[] = [
  { kind: "gave_up", word: "gave up", tone: "red" },
  { kind: "blocked", word: "blocked", tone: "red" },
  { kind: "stranded", word: "stranded", tone: "amber" },
  { kind: "needs_assignee", word: "needs assignee", tone: "amber" },
];

/** `expected` keeps its place until the answer is there, so that nothing below it moves. */
export function AttentionStrip({ expected }: { expected: boolean }) {
  const { data } = useAttention();
  const [open, setOpen] = useState(false);
  const { open: openTask } = useBoardActions();
  if (!data) return expected ? <div className="attention attention-expected" /> : null;
  if (data.count === 0) return null;
  const groups = kinds.filter(({ kind }) => data[kind].length > 0);
  return (
    <section className="attention" aria-label="Needs attention">
      <button
        type="button"
        className="attention-head"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="alert" />
        <strong>{data.count} need{data.count === 1 ? "s" : ""} you</strong>
        {groups.map(({ kind, word, tone }) => (
          <Badge key={kind} tone={tone}>{data[kind].length} {word}</Badge>
        ))}
        <span className="attention-arrow" data-open={open || undefined}>
          <Icon name="chevronDown" size={12} />
        </span>
      </button>
      {open && (
        <ul className="attention-list">
          {groups.flatMap(({ kind, word, tone }) =>
            data[kind].map((concern) => (
              <ConcernRow
                key={`${kind} ${concern.id}`}
                {...{ concern, word, tone }}
                onOpen={() => openTask(concern.id)}
              />
            ))
          )}
        </ul>
      )}
    </section>
  );
}

function ConcernRow(
  { concern, word, tone, onOpen }: { concern: Concern; word: string; tone: Tone; onOpen(): void },
) {
  return (
    <li>
      <button type="button" className="attention-row" onClick={onOpen}>
        <Badge tone={tone}>{word}</Badge>
        <span className="clip attention-title">{concern.title}</span>
        {concern.reason && <span className="clip soft">{concern.reason}</span>}
      </button>
    </li>
  );
}
