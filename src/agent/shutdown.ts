// Owns: ending a worker that was asked to end: politely first, and certainly within two seconds.

import { HermesError } from "../base/errors.ts";
import { onShutdownSignal } from "../platform/signals.ts";
import { sleep } from "../platform/timers.ts";

/** Milliseconds a worker has to stop by itself after SIGTERM. */
const graceMs = 1500;

/** Exit status of a process ended by SIGTERM, as shells report it. */
const terminated = 143;

/**
 * A signal that is aborted when this process is asked to end. If the process still lives
 * {@link graceMs} later, or is asked again, `exit` ends it hard: a tool or a request that does not
 * come back must not keep a worker alive.
 */
export function abortOnShutdown(
  exit: (code: number) => void,
): { signal: AbortSignal; dispose(): void } {
  const asked = new AbortController();
  const done = new AbortController();
  const remove = onShutdownSignal((name) => {
    if (asked.signal.aborted) return exit(terminated);
    sleep(graceMs, done.signal, { unref: true }).then(() => exit(terminated), () => {});
    asked.abort(new HermesError("unavailable", `Cannot go on: the worker received ${name}`));
  });
  return {
    signal: asked.signal,
    dispose() {
      done.abort();
      remove();
    },
  };
}
