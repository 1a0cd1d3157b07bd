// Owns: a link that opens a task over the page one is on.

import type { ReactNode } from "react";
import { taskHref, useOpenTask } from "./place.ts";

/** A plain link for whoever wants another tab. */
export function TaskLink(
  { id, className, children }: { id: string; className?: string; children: ReactNode },
) {
  const open = useOpenTask();
  return (
    <a
      className={className}
      href={taskHref(id)}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        open(id);
      }}
    >
      {children}
    </a>
  );
}
