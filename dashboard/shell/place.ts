// Owns: where one is: the page, the task opened over it, and moving between them.

import { useCallback } from "react";
import { matchRoute, useLocation, useRouter } from "wouter";
import { navigate, useHistoryState } from "wouter/use-browser-location";
import { taskDrawer } from "./pages.ts";

/** Kept with the history entry of an open task: the page below it. */
interface Beneath {
  beneath?: string;
}

/** The path of the page and, when a task is open over it, that task's id. */
export function usePlace(): { path: string; taskId: string | null } {
  const [path] = useLocation();
  const { parser } = useRouter();
  const state = useHistoryState<Beneath | null>();
  const [fits, parameters] = matchRoute<{ id: string }>(parser, taskDrawer.path, path);
  if (!fits) return { path, taskId: null };
  return { path: state?.beneath ?? "/", taskId: parameters.id };
}

/** Opens a task over the page one is on; filters in the address stay. */
export function useOpenTask(): (id: string) => void {
  const { path } = usePlace();
  return useCallback((id) => openTask(id, path), [path]);
}

/** {@link useOpenTask} for code that is no component. */
export function openTask(id: string, beneath: string): void {
  navigate(`${taskHref(id)}${location.search}`, { state: { beneath } satisfies Beneath });
}

/** Closes the open task: back to the page below it, with its filters. */
export function useCloseTask(): () => void {
  const { path } = usePlace();
  return useCallback(() => navigate(`${path}${location.search}`), [path]);
}

export function taskHref(id: string): string {
  return `/task/${encodeURIComponent(id)}`;
}
