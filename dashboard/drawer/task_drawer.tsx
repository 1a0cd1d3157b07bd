// Owns: the sheet that shows one task: its frame, its keys, and what a change elsewhere reads again.

import { useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useCallback, useEffect, useRef } from "react";
import { useLiveEvents } from "../api/live_provider.tsx";
import { key } from "../api/keys.ts";
import { useTask } from "../api/queries.ts";
import type { ShowOutput, TaskEvent } from "../api/shapes.ts";
import { Dialog } from "../parts/dialog.tsx";
import { Failure, SkeletonLines } from "../parts/skeleton.tsx";
import { ErrorBoundary } from "../shell/error_boundary.tsx";
import { useCloseTask, useOpenTask } from "../shell/place.ts";
import { useTaskNeighbours } from "../shell/task_order.ts";
import { DrawerHead } from "./drawer_head.tsx";
import { TaskView } from "./task_view.tsx";

/** In px. */
const width = 960;

export default function TaskDrawer({ id }: { id: string }) {
  const close = useCloseTask();
  const open = useOpenTask();
  const { data, error, refetch } = useTask(id);
  const { previous, next } = useTaskNeighbours(id);
  useNeighbourEvents(id, data);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
    // Keys typed into a field, a menu or a dialog of its own mean something else there.
    if (target.closest('[role="dialog"]') !== event.currentTarget) return;
    if (target.closest("input, textarea, select, [role=menu], [role=listbox]")) return;
    const to = event.key === "j" ? next : event.key === "k" ? previous : null;
    if (to === null) return;
    event.preventDefault();
    event.currentTarget.focus();
    open(to);
  };
  return (
    <Dialog
      kind="side"
      plain
      width={width}
      className="drawer"
      title={data?.task.title ?? id}
      onClose={close}
      onEscape={keepForFields}
      onKeyDown={onKeyDown}
      focusFirst={(panel) => panel}
    >
      <DrawerHead
        id={id}
        task={data?.task}
        progress={data?.progress ?? null}
        {...{ previous, next }}
        onOpen={open}
        onClose={close}
      />
      <ErrorBoundary key={id}>
        {data ? <TaskView detail={data} /> : (
          <div className="drawer-scroll">
            {error
              ? <Failure title={`Task ${id} cannot be shown`} error={error} onRetry={refetch} />
              : <SkeletonLines lines={8} />}
          </div>
        )}
      </ErrorBoundary>
    </Dialog>
  );
}

/** Escape in a field that is being edited ends the editing, not the drawer. */
function keepForFields(event: globalThis.KeyboardEvent): void {
  const target = event.target;
  if (target instanceof Element && target.closest("[data-keeps-escape]")) event.preventDefault();
}

/** Milliseconds within which several events of neighbours are one. */
const restMs = 250;

/** What happens to its parents and children changes what the task shows and why it waits. */
function useNeighbourEvents(id: string, detail: ShowOutput | undefined): void {
  const client = useQueryClient();
  const near = useRef<ReadonlySet<string>>(new Set());
  near.current = new Set([...detail?.parents ?? [], ...detail?.children ?? []].map(({ id }) => id));
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => {
    clearTimeout(timer.current);
    timer.current = undefined;
  }, [id]);
  useLiveEvents(useCallback((events: readonly TaskEvent[]) => {
    if (!events.some(({ task_id }) => near.current.has(task_id))) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      client.invalidateQueries({ queryKey: key("task", id) });
    }, restMs);
  }, [client, id]));
}
