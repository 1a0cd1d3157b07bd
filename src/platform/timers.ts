// Owns: waiting and giving up waiting.

import { HermesError } from "../base/errors.ts";

/** The longest wait a timer can hold, in milliseconds (24.8 days). */
const longestMs = 2 ** 31 - 1;

/**
 * Resolves after `ms` milliseconds (at most 24.8 days).
 *
 * @param options.unref lets the program end although the wait is not over.
 * @throws the signal's reason, at once, when it is aborted.
 */
export function sleep(
  ms: number,
  signal?: AbortSignal,
  options: { unref?: boolean } = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, Math.min(Math.max(0, ms), longestMs));
    if (options.unref) Deno.unrefTimer(timer);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/**
 * Runs `run` with a signal that is aborted after `ms` milliseconds or together with `options.signal`.
 * Does not wait for a run that ignores its signal.
 *
 * @param options.what names the work in the error, for instance `model call`.
 * @throws HermesError `unavailable` when the time is over, or the reason of `options.signal`.
 */
export async function withTimeout<T>(
  run: (signal: AbortSignal) => Promise<T>,
  ms: number,
  options: { what?: string; signal?: AbortSignal } = {},
): Promise<T> {
  const { what = "operation", signal: outer } = options;
  outer?.throwIfAborted();
  const controller = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason));
  });
  const stop = () => controller.abort(outer?.reason);
  outer?.addEventListener("abort", stop, { once: true });
  const timer = setTimeout(() => {
    controller.abort(
      new HermesError("unavailable", `Cannot finish ${what}: it took longer than ${ms / 1000} s`),
    );
  }, Math.min(ms, longestMs));
  try {
    return await Promise.race([run(controller.signal), aborted]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", stop);
  }
}
