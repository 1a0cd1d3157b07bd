// Owns: the strip above the board that names what needs a person.

import { useState } from "react";
import { useAttention } from "../api/queries.ts";
import type { Concern } from "../api/shapes.ts";
import { Badge, type Tone } from "../parts/badge.tsx";
import { Icon } from "../parts/icon.tsx";
import { useBoardActions } from "./board_actions.ts";

const kinds: Readonly<Record<string, { word: string; tone: Tone }>> = {
  gave_up: { word: "gave up", tone: "red" },
  blocked: { word: "blocked", tone: "red" },
  stranded: { word: "stranded", tone: "amber" },
  needs_assignee: { word: "needs assignee", tone: "amber" },
};

export function AttentionStrip() {
  const { data } = useAttention();
  const [open, setOpen] = useState(false);
  const { open: openTask } = useBoardActions();
  const concerns = data?.concerns ?? [];
  if (concerns.length === 0) return null;
  const counts = Map.groupBy(concerns, ({ kind }) => kind);
  return (
    <section className="attention" aria-label="Needs attention">
      <button
        type="button"
        className="attention-head"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="alert" />
        <strong>{concerns.length} need{concerns.length === 1 ? "s" : ""} you</strong>
        {[...counts].map(([kind, list]) => (
          <Badge key={kind} tone={toneOf(kind)}>{list.length} {wordOf(kind)}</Badge>
        ))}
        <span className="attention-arrow" data-open={open || undefined}>
          <Icon name="chevronDown" size={12} />
        </span>
      </button>
      {open && (
        <ul className="attention-list">
          {concerns.map((concern) => (
            <ConcernRow
              key={`${concern.task_id} ${concern.kind}`}
              concern={concern}
              onOpen={() => openTask(concern.task_id)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function ConcernRow({ concern, onOpen }: { concern: Concern; onOpen(): void }) {
  return (
    <li>
      <button type="button" className="attention-row" onClick={onOpen}>
        <Badge tone={toneOf(concern.kind)}>{wordOf(concern.kind)}</Badge>
        <span className="clip attention-title">{concern.title}</span>
        {concern.text && <span className="clip soft">{concern.text}</span>}
      </button>
    </li>
  );
}

function wordOf(kind: string): string {
  return kinds[kind]?.word ?? kind.replaceAll("_", " ");
}

function toneOf(kind: string): Tone {
  return kinds[kind]?.tone ?? "amber";
}
