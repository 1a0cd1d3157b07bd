// Owns: the head of the drawer: where the task stands, its number, and moving to its neighbours.

import { useLocation } from "wouter";
import type { Task } from "../api/shapes.ts";
import { statusTitle } from "../format/status_words.ts";
import { Badge, ProgressPill, StatusDot } from "../parts/badge.tsx";
import { IconButton } from "../parts/button.tsx";
import { showError, showToast } from "../parts/toast_store.ts";
import { taskHref } from "../shell/place.ts";

export function DrawerHead(
  { id, task, progress, previous, next, onOpen, onClose }: {
    id: string;
    /** Undefined until it is read. */
    task: Task | undefined;
    progress: { done: number; total: number } | null;
    previous: string | null;
    next: string | null;
    onOpen(id: string): void;
    onClose(): void;
  },
) {
  const [, navigate] = useLocation();
  return (
    <header className="drawer-head">
      {task && (
        <span className="row drawer-status">
          <StatusDot status={task.status} />
          <span>{statusTitle(task.status)}</span>
          {task.held && task.status === "todo" && <Badge>parked</Badge>}
        </span>
      )}
      <button
        type="button"
        className="drawer-id mono"
        title="Copy the task's number"
        aria-label={`Copy the number ${id}`}
        onClick={() => copy(id, "Number copied")}
      >
        {id}
      </button>
      {progress && <ProgressPill {...progress} />}
      <span className="spacer" />
      <span className="drawer-head-acts">
        <IconButton
          icon="chevronUp"
          label="Previous task"
          hint="K"
          disabled={previous === null}
          onClick={() => previous !== null && onOpen(previous)}
        />
        <IconButton
          icon="chevronDown"
          label="Next task"
          hint="J"
          disabled={next === null}
          onClick={() => next !== null && onOpen(next)}
        />
        <IconButton
          icon="graph"
          label="Show its graph"
          onClick={() => navigate(`/graph/${encodeURIComponent(id)}`)}
        />
        <IconButton
          icon="link"
          className="drawer-copy-link"
          label="Copy a link to it"
          onClick={() => copy(new URL(taskHref(id), location.href).href, "Link copied")}
        />
        <IconButton icon="close" label="Close" hint="Esc" onClick={onClose} />
      </span>
    </header>
  );
}

function copy(text: string, said: string): void {
  navigator.clipboard.writeText(text).then(
    () => showToast({ text: said, tone: "good" }),
    (error) => showError("Cannot copy", error),
  );
}
