// Owns: saying outside of the page that tasks need a person: notifications, the title, the icon's number.

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { knownTask } from "../api/known_tasks.ts";
import { useLiveEvents } from "../api/live_provider.tsx";
import { useAttention } from "../api/queries.ts";
import type { TaskEvent } from "../api/shapes.ts";
import { eventSentence } from "../format/event_words.ts";
import { openTask } from "../shell/place.ts";
import { notify } from "./browser_notice.ts";

const kinds: Readonly<Record<string, string>> = { blocked: "blocked", gave_up: "gave up" };

/** Mounted once, inside the live connection. */
export function AttentionNotice() {
  const client = useQueryClient();
  useLiveEvents(useCallback((events: readonly TaskEvent[]) => {
    // Whoever looks at the page sees it there.
    if (document.visibilityState === "visible" && document.hasFocus()) return;
    for (const event of events) {
      const word = kinds[event.kind];
      if (word === undefined) continue;
      const title = knownTask(client, event.task_id)?.title ?? event.task_id;
      notify({
        title: `${title}: ${word}`,
        body: eventSentence(event),
        tag: event.task_id,
        onOpen: () => openTask(event.task_id, location.pathname),
      });
    }
  }, [client]));
  return null;
}

/** `(3) Board · hermes`; the installed application's icon carries the number too. */
export function useTitle(name: string): void {
  const { data } = useAttention();
  const count = data?.count ?? 0;
  useEffect(() => {
    document.title = `${count > 0 ? `(${count}) ` : ""}${name} · hermes`;
  }, [name, count]);
  useEffect(() => {
    if (!("setAppBadge" in navigator)) return;
    const told = count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge();
    told.catch(() => {
      // Only an installed application has an icon to put it on.
    });
  }, [count]);
}
