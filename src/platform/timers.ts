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

/** Waits for what does not hold the event loop by itself, such as the end of a detached process. */
export async function holdLoop<T>(promise: Promise<T>): Promise<T> {
  const timer = setInterval(() => {}, longestMs);
  try {
    return await promise;
  } finally {
    clearInterval(timer);
  }
}

/** What a limited piece of work is called in errors, and what else ends it. */
interface LimitOptions {
  what?: string;
  signal?: AbortSignal;
}

/**
 * Runs `run` with a signal that is aborted after `ms` milliseconds or together with `options.signal`.
 * Does not wait for a run that ignores its signal.
 *
 * @param options.what names the work in the error, for instance `model call`.
 * @throws HermesError `unavailable` when the time is over, or the reason of `options.signal`.
 */
export function withTimeout<T>(
  run: (signal: AbortSignal) => Promise<T>,
  ms: number,
  options: LimitOptions = {},
): Promise<T> {
  return limited((signal) => run(signal), ms, options);
}

/**
 * {@link withTimeout} for work that may take long as long as it goes on: each call of `alive` starts the
 * `ms` milliseconds anew.
 */
export function withSilenceLimit<T>(
  run: (signal: AbortSignal, alive: () => void) => Promise<T>,
  ms: number,
  options: LimitOptions = {},
): Promise<T> {
  return limited(run, ms, options);
}

async function limited<T>(
  run: (signal: AbortSignal, alive: () => void) => Promise<T>,
  ms: number,
  options: LimitOptions,
): Promise<T> {
  const { what = "operation", signal: outer } = options;
  outer?.throwIfAborted();
  const controller = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason));
  });
  const stop = () => controller.abort(outer?.reason);
  outer?.addEventListener("abort", stop, { once: true });
  const start = () =>
    setTimeout(() => {
      controller.abort(
        new HermesError("unavailable", `Cannot finish ${what}: it took longer than ${ms / 1000} s`),
      );
    }, Math.min(ms, longestMs));
  let timer = start();
  let over = false;
  const alive = () => {
    if (over) return;
    clearTimeout(timer);
    timer = start();
  };
  try {
    return await Promise.race([run(controller.signal, alive), aborted]);
  } finally {
    over = true;
    clearTimeout(timer);
    outer?.removeEventListener("abort", stop);
  }
}
