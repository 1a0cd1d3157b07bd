// Owns: following what the server sends about something while it happens.

import { useEffect, useRef, useState } from "react";

export type StreamState = "connecting" | "open" | "lost" | "ended";

/**
 * Reads a stream of the server while somebody looks; it comes back by itself when it is lost, from where it
 * was. `onMessage` gets an event's name and value, and ends the stream by returning true.
 */
export function useEventSource(
  url: string,
  names: readonly string[],
  onMessage: (name: string, value: unknown) => boolean | void,
): StreamState {
  const [state, setState] = useState<StreamState>("connecting");
  const hear = useRef(onMessage);
  hear.current = onMessage;
  const wanted = names.join(" ");
  useEffect(() => {
    let source: EventSource | null = null;
    let seen = "";
    let over = false;
    const open = () => {
      setState("connecting");
      source = new EventSource(seen === "" ? url : `${url}&from=${seen}`);
      source.onopen = () => setState("open");
      source.onerror = () => setState("lost");
      for (const name of wanted.split(" ")) {
        source.addEventListener(name, (event) => {
          if (event.lastEventId !== "") seen = event.lastEventId;
          if (!hear.current(name, JSON.parse(event.data))) return;
          over = true;
          source?.close();
          setState("ended");
        });
      }
    };
    // Browsers allow a handful of connections to one server: tabs nobody looks at keep none.
    const look = () => {
      if (over) return;
      if (!document.hidden) return open();
      source?.close();
      source = null;
    };
    const turn = () => {
      if (document.hidden || source === null) look();
    };
    look();
    document.addEventListener("visibilitychange", turn);
    return () => {
      document.removeEventListener("visibilitychange", turn);
      source?.close();
    };
  }, [url, wanted]);
  return state;
}
