// Owns: the shape of everything long-lived.

/** A part with a life of its own. Both calls are idempotent; `stop` resolves when nothing is left running. */
export interface Service {
  start(): Promise<void>;
  stop(): Promise<void>;
}
