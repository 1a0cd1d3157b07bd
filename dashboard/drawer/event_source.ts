// Owns: following what the server sends about something while it happens.

import { useEffect, useRef, useState } from "react";

export type StreamState = "connecting" | "open" | "lost" | "ended";

/**
 * Reads a stream of the server while the component is there; it comes back by itself when it is lost,
 * from where it was. `onMessage` gets an event's name and value, and ends the stream by returning true.
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
    const source = new EventSource(url);
    setState("connecting");
    source.onopen = () => setState("open");
    source.onerror = () => setState("lost");
    for (const name of wanted.split(" ")) {
      source.addEventListener(name, (event) => {
        const over = hear.current(name, JSON.parse(event.data));
        if (!over) return;
        source.close();
        setState("ended");
      });
    }
    return () => source.close();
  }, [url, wanted]);
  return state;
}
