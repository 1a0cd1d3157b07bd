// Owns: changing the open task: what is asked of the server, and what is read again afterwards.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Query, send } from "../api/client.ts";
import { boardScope, key } from "../api/keys.ts";
import { undoNewest } from "../api/undo.ts";
import { showError, showToast } from "../parts/toast_store.ts";

/** A request that changes something. */
export interface Wish {
  method?: "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below the API's base. */
  path: string;
  body?: unknown;
  query?: Query;
  /** Said when it is done, with a way to take it back. */
  said?: string;
}

/** `/tasks/<id>` and what follows it. */
export function taskPath(id: string, rest = ""): string {
  return `/tasks/${encodeURIComponent(id)}${rest}`;
}

/** Sends wishes about the task `id`; the refusal of the last one is in `error`. */
export function useChangeTask(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ method = "POST", path, body, query, said }: Wish) => {
      const startedAt = Math.floor(Date.now() / 1000) - 1;
      const answer = await send<unknown>(method, path, { body, query });
      if (said !== undefined) {
        showToast({
          text: said,
          action: {
            label: "Undo",
            run: () =>
              void undoNewest([id], startedAt)
                .catch((error) => showError("Cannot undo", error))
                .finally(() => client.invalidateQueries({ queryKey: boardScope() })),
          },
        });
      }
      return answer;
    },
    // The board is told by its own events; the task is read at once, and what waits for a change sees it.
    onSuccess: () => client.invalidateQueries({ queryKey: key("task", id) }),
    onError: () => void client.invalidateQueries({ queryKey: key("task", id) }),
  });
}

/** The words of a refusal, with what would help. */
export function refusalWords(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const remedy = typeof error === "object" && error !== null && "remedy" in error
    ? error.remedy
    : null;
  return typeof remedy === "string" && remedy !== "" ? `${message}. ${remedy}` : message;
}
