// Owns: what keys and the palette do that is more than going somewhere.

import type { QueryClient } from "@tanstack/react-query";
import { send } from "../api/client.ts";
import { boardScope, homeKey } from "../api/keys.ts";
import { get } from "../api/client.ts";
import type { Orchestration, UndoOutput } from "../api/shapes.ts";
import { showError, showToast } from "../parts/toast_store.ts";

/** Takes back the newest action on the board. */
export async function undoLastAction(client: QueryClient): Promise<void> {
  try {
    const { actions } = await get<UndoOutput>("/undo", { query: { limit: 1 } });
    const [action] = actions;
    if (!action) return void showToast({ text: "There is nothing to take back" });
    if (action.obstacle !== null) throw new Error(action.obstacle);
    await send("POST", "/undo", { body: { action: action.id } });
    showToast({ text: `Taken back: ${action.title}`, tone: "good" });
  } catch (error) {
    showError("Cannot undo", error);
  } finally {
    client.invalidateQueries({ queryKey: boardScope() });
  }
}

/** Lets the dispatcher start what is ready, now. */
export async function nudgeDispatcher(client: QueryClient): Promise<void> {
  try {
    const { spawned = [] } = await send<{ spawned?: unknown[] }>("POST", "/dispatch", {
      query: { max: 8 },
    });
    const { length } = spawned;
    showToast({
      text: length === 0
        ? "Nothing is ready to start"
        : `Started ${length} task${length === 1 ? "" : "s"}`,
    });
  } catch (error) {
    showError("The dispatcher was not nudged", error);
  } finally {
    client.invalidateQueries({ queryKey: boardScope() });
  }
}

/** Auto becomes Manual and the other way round. */
export async function flipOrchestration(client: QueryClient): Promise<void> {
  try {
    const now = await get<Orchestration>("/orchestration");
    const answer = await send<Orchestration>("PUT", "/orchestration", {
      body: { auto_decompose: !now.auto_decompose },
    });
    client.setQueryData(homeKey("orchestration"), answer);
  } catch (error) {
    showError("The mode stays as it was", error);
  }
}

/** Waits for the drawer's title and begins to edit it; gives up after two seconds. */
export function editOpenTitle(): void {
  const begin = () => {
    const button = document.querySelector<HTMLElement>(".drawer-title button");
    button?.click();
    return button !== null;
  };
  if (begin()) return;
  const watch = new MutationObserver(() => begin() && watch.disconnect());
  watch.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), 2000);
}

export function refreshAll(client: QueryClient): void {
  void client.invalidateQueries();
}
