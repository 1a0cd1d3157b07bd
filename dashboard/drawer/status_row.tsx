// Owns: the row of buttons that change a task's status.

import { useState } from "react";
import type { ShowOutput } from "../api/shapes.ts";
import { Button } from "../parts/button.tsx";
import { useChangeTask, type Wish } from "./change_task.ts";
import { openParentsOf } from "./parents.ts";
import { Refusal } from "./section.tsx";
import { type StatusAction, statusActions } from "./status_actions.ts";
import { StatusDialog, type Words } from "./status_dialogs.tsx";

export function StatusRow({ detail }: { detail: ShowOutput }) {
  const { task, parents, children } = detail;
  const [asking, setAsking] = useState<StatusAction | null>(null);
  const change = useChangeTask(task.id);
  const open = openParentsOf(parents);
  const actions = statusActions(task, open.length);
  return (
    <div className="stack">
      <div className="status-row" role="group" aria-label="Change the status">
        {actions.map((action) => (
          <Button
            key={action.name}
            size="small"
            look={action.name === "unblock" ? "primary" : "normal"}
            busy={change.isPending && change.variables?.said === action.wish.said}
            onClick={() => action.ask === null ? change.mutate(action.wish) : setAsking(action)}
          >
            {action.label}
          </Button>
        ))}
      </div>
      <Refusal error={asking === null ? change.error : null} />
      {asking && (
        <StatusDialog
          action={asking}
          running={task.status === "running"}
          openParents={open}
          dependents={children.length}
          onAnswer={(words) => change.mutateAsync(withWords(asking.wish, words))}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

function withWords(wish: Wish, words: Words): Wish {
  const body = { ...(wish.body as Record<string, unknown> | undefined), ...words };
  return { ...wish, body };
}
