// Owns: the log port. Rooms log through it; only `app` and `cli` decide where lines go.

export type LogLevel = "debug" | "info" | "warn" | "error";

/** Receives structured log lines. Never put secrets in `fields`. */
export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** A log that hands every line at or above `threshold` to one function. */
export function createLog(
  sink: (level: LogLevel, message: string, fields?: Record<string, unknown>) => void,
  threshold: LogLevel = "info",
): Log {
  const order: LogLevel[] = ["debug", "info", "warn", "error"];
  const at = (level: LogLevel) => (message: string, fields?: Record<string, unknown>) => {
    if (order.indexOf(level) >= order.indexOf(threshold)) sink(level, message, fields);
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** Drops everything. */
export const silentLog: Log = createLog(() => {});
