// Owns: what a failed model call means — try again, when, or give up with which code.

import type { ErrorCode } from "../base/errors.ts";

/** Facts about a failed call. */
export interface CallFailure {
  /** HTTP status; null when no answer came. */
  status: number | null;
  /** The provider's own error word, such as `insufficient_quota`; empty when absent. */
  word: string;
  /** Seconds the provider asked to wait; null when it did not. */
  retryAfterSeconds: number | null;
}

/** A longer wait than this is not worth a running worker: the board's cool-down takes over. */
const longestWaitSeconds = 120;
const longestBackoffSeconds = 30;

const overloaded: readonly number[] = [429, 503, 529];

/** The code to report when retries are used up. */
export function failureCode(failure: CallFailure): ErrorCode {
  return overloaded.includes(failure.status ?? 0) ? "rate_limited" : "unavailable";
}

/** Whether the same call may succeed in a while. */
export function isPassing(failure: CallFailure): boolean {
  if (failure.word === "insufficient_quota") return false;
  if ((failure.retryAfterSeconds ?? 0) > longestWaitSeconds) return false;
  const { status } = failure;
  return status === null || status === 408 || status === 409 || status === 429 || status >= 500;
}

/**
 * Milliseconds to wait before retry number `retry` (from 0): 1, 2, 4 … 30 s, shortened at random by
 * up to half so that workers do not return in step, and never less than the provider asked for.
 *
 * @param random a number in [0, 1)
 */
export function retryDelayMs(retry: number, failure: CallFailure, random: number): number {
  const backoff = Math.min(2 ** retry, longestBackoffSeconds) * (0.5 + random / 2);
  return Math.round(Math.max(backoff, failure.retryAfterSeconds ?? 0) * 1000);
}

/** Seconds from a `Retry-After` header: a number, or a date compared with `nowMs`. */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  if (!header?.trim()) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, (date - nowMs) / 1000);
}
