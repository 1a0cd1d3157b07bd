// Owns: hearing that this process should end.

/**
 * Calls `handler` on every request to end: SIGINT, SIGTERM, and SIGHUP where it exists. While the
 * listener is installed the signals no longer end the process by themselves.
 *
 * @returns a function that removes the listener.
 */
export function onShutdownSignal(handler: (signal: string) => void): () => void {
  const signals: Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT", "SIGBREAK"]
    : ["SIGINT", "SIGTERM", "SIGHUP"];
  const listeners = signals.map((signal) => ({ signal, listener: () => handler(signal) }));
  for (const { signal, listener } of listeners) Deno.addSignalListener(signal, listener);
  return () => {
    for (const { signal, listener } of listeners) Deno.removeSignalListener(signal, listener);
    listeners.length = 0;
  };
}
