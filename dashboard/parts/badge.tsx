// Owns: small marks: badges, chips, status dots, initials, progress.

import type { ReactNode } from "react";
import { hueOf, initialsOf } from "../format/names.ts";
import { Icon } from "./icon.tsx";

export type Tone = "grey" | "green" | "amber" | "red" | "blue" | "violet";

/** A few words on a tinted ground. */
export function Badge(
  { tone = "grey", title, children }: { tone?: Tone; title?: string; children: ReactNode },
) {
  return <span className="badge" data-tone={tone} title={title}>{children}</span>;
}

/** A word in a frame; with `onRemove` it has a × that says what it removes. */
export function Chip(
  { children, onRemove, removeLabel = "Remove" }: {
    children: ReactNode;
    onRemove?: () => void;
    removeLabel?: string;
  },
) {
  return (
    <span className="chip">
      <span className="clip">{children}</span>
      {onRemove && (
        <button type="button" className="chip-remove" aria-label={removeLabel} onClick={onRemove}>
          <Icon name="close" size={10} />
        </button>
      )}
    </span>
  );
}

/** The colour of a status. Always beside its word. */
export function StatusDot({ status }: { status: string }) {
  return <span className="dot" data-status={status} aria-hidden="true" />;
}

/** Two letters on a colour of the name's own. Decoration: the name stands beside it. */
export function Avatar({ name }: { name: string }) {
  return (
    <span className="avatar" data-hue={hueOf(name)} aria-hidden="true">{initialsOf(name)}</span>
  );
}

/** `3/5`, green when full. */
export function ProgressPill({ done, total }: { done: number; total: number }) {
  const full = total > 0 && done >= total;
  return (
    <span className="progress-pill" data-full={full || undefined}>
      <span aria-hidden="true">{done}/{total}</span>
      <span className="sr-only">{done} of {total} subtasks done</span>
    </span>
  );
}
