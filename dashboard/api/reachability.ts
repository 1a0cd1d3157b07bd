// Owns: whether the server answers and knows us — what the banner and the sign-in page look at.

import { RequestError } from "./client.ts";

/** `lost`: no answer; `refused`: the session token is missing or wrong. */
export type Reach = "ok" | "lost" | "refused";

let reach: Reach = "ok";
const listeners = new Set<() => void>();

/** Reads what a failed request says about the connection. */
export function noteFailure(error: unknown): void {
  if (!(error instanceof RequestError)) return;
  if (error.status === 0) setReach("lost");
  else if (error.status === 401) setReach("refused");
}

export function noteAnswer(): void {
  setReach("ok");
}

export function setReach(next: Reach): void {
  if (next === reach) return;
  reach = next;
  for (const listener of listeners) listener();
}

export function currentReach(): Reach {
  return reach;
}

export function onReach(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
