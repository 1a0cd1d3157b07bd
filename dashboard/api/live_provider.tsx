// Owns: what live events do to the page: answers about a changed task or board are asked for again.

import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { apiUrl } from "./client.ts";
import { LiveConnection, type LiveState } from "./live.ts";
import { noteFailure, setReach } from "./reachability.ts";
import { refreshAfterEvents } from "./refresh.ts";
import type { TaskEvent } from "./shapes.ts";

type Listener = (events: readonly TaskEvent[]) => void;

interface Live {
  state: LiveState;
  listen(listener: Listener): () => void;
}

const Context = createContext<Live>({ state: "connecting", listen: () => () => {} });

/** Bursts of events cause one refetch this many milliseconds after the first of them. */
const debounceMs = 250;

/** Keeps one connection for the board `board`; mount it again for another board. */
export function LiveProvider(
  { board, since, children }: {
    board: string;
    /** Number of the event after which this page's answers were read; null while it is not known. */
    since: number | null;
    children: ReactNode;
  },
) {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");
  const listeners = useRef(new Set<Listener>());

  useEffect(() => {
    if (since === null) return;
    const touched = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let busy = false;
    const refetch = async () => {
      timer = undefined;
      busy = true;
      const ids = [...touched];
      touched.clear();
      const begun = performance.now();
      await refreshAfterEvents(client, board, ids).catch(noteFailure);
      busy = false;
      // A big board under many events: as much time for people as for refetching.
      if (touched.size > 0) soon(Math.max(debounceMs, performance.now() - begun));
    };
    const soon = (delayMs: number) => {
      if (!busy) timer ??= setTimeout(refetch, delayMs);
    };
    let dropped = false;
    const connection = new LiveConnection(since, {
      url: (cursor) => {
        const url = new URL(apiUrl("/events", { since: cursor }, board), location.href);
        url.protocol = url.protocol.replace("http", "ws");
        return url.href;
      },
      onEvents(events) {
        for (const event of events) touched.add(event.task_id);
        soon(debounceMs);
        for (const listener of listeners.current) listener(events);
      },
      onResync: () => void client.invalidateQueries({ queryKey: [board] }),
      onState(next) {
        setState(next);
        if (next === "refused") setReach("refused");
        if (next === "lost") {
          dropped = true;
          setReach("lost");
        }
        if (next !== "open") return;
        setReach("ok");
        // What happened in between may be more than events tell, such as another process's repair.
        if (dropped) client.invalidateQueries();
        dropped = false;
      },
    });
    const online = () => connection.hurry();
    addEventListener("online", online);
    return () => {
      removeEventListener("online", online);
      clearTimeout(timer);
      connection.end();
    };
  }, [board, client, since]);

  const live = useMemo<Live>(() => ({
    state,
    listen(listener) {
      listeners.current.add(listener);
      return () => listeners.current.delete(listener);
    },
  }), [state]);
  return <Context value={live}>{children}</Context>;
}

/** Whether changes arrive at the moment. */
export function useLiveState(): LiveState {
  return useContext(Context).state;
}

/** Hears every event of the board as it happens, undelayed. Give a stable function. */
export function useLiveEvents(listener: Listener): void {
  const { listen } = useContext(Context);
  useEffect(() => listen(listener), [listen, listener]);
}
