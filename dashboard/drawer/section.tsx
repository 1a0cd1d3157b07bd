// Owns: a part of the drawer with a heading, and the line that tells of a refusal.

import type { ReactNode } from "react";
import { Icon } from "../parts/icon.tsx";
import { refusalWords } from "./change_task.ts";

export function Section(
  { title, count, actions, children, className }: {
    title: string;
    /** Shown beside the title unless 0. */
    count?: number;
    actions?: ReactNode;
    children: ReactNode;
    className?: string;
  },
) {
  return (
    <section className={`drawer-section ${className ?? ""}`} aria-label={title}>
      <header className="drawer-section-head">
        <h3>
          {title}
          {count ? <span className="faint">{count}</span> : null}
        </h3>
        {actions}
      </header>
      {children}
    </section>
  );
}

/** Why something was refused, where it was asked for. */
export function Refusal({ error }: { error: unknown }) {
  if (error === null || error === undefined) return null;
  return (
    <p className="drawer-refusal" role="alert">
      <Icon name="alert" />
      <span className="anywhere">{refusalWords(error)}</span>
    </p>
  );
}
