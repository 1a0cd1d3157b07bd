// Owns: the one error class of the product and the table that maps its codes to exit and HTTP status.

/** What went wrong, as a stable machine-readable word. Codes are part of the public interface. */
export type ErrorCode = keyof typeof errorTable;

/**
 * Code → process exit status (0..255) and HTTP status. CLI and HTTP surfaces read only this table.
 * Exit 1 = the operation was refused, exit 2 = the request itself was malformed.
 */
export const errorTable = {
  /** The request cannot be understood: unknown flag, malformed value, missing argument. */
  usage: { exit: 2, http: 400 },
  /** A value has the right type but is not acceptable (blank title, unknown workspace kind). */
  invalid: { exit: 1, http: 400 },
  /** A field has the wrong type, or a required one is missing. */
  malformed: { exit: 2, http: 422 },
  /** More bytes than are taken. */
  too_large: { exit: 1, http: 413 },
  /** The caller did not show who it is. */
  unauthenticated: { exit: 1, http: 401 },
  /** The address exists, but not for this method. */
  wrong_method: { exit: 2, http: 405 },
  /** The named task, profile, board, run or log does not exist. */
  not_found: { exit: 1, http: 404 },
  /** The state machine does not allow the move from here. */
  refused: { exit: 1, http: 409 },
  /** Somebody else changed the row between the read and the write. */
  lost_race: { exit: 1, http: 409 },
  /** A write carried the id of a run that is no longer open. */
  fenced: { exit: 1, http: 409 },
  /** The caller may not do this to that task. */
  forbidden: { exit: 1, http: 403 },
  /** The database stayed locked longer than the allowed wait. */
  busy: { exit: 1, http: 503 },
  /** The database file is damaged; it is never replaced by an empty one. */
  corrupt: { exit: 1, http: 500 },
  /** The database was written by a newer hermes. */
  schema_too_new: { exit: 1, http: 500 },
  /** `config.yaml` or `profile.yaml` cannot be read or holds an unusable value. */
  config: { exit: 1, http: 500 },
  /** A model provider, worker program or other service cannot be used right now. */
  unavailable: { exit: 1, http: 503 },
  /** The provider asked us to slow down and did not recover within the allowed retries. */
  rate_limited: { exit: 75, http: 429 },
  /** The operating system refused: permissions, disk full, missing folder. */
  io: { exit: 1, http: 500 },
  /** A bug in hermes. */
  internal: { exit: 70, http: 500 },
} as const;

/** Optional parts of a {@link HermesError}. */
export interface ErrorParts {
  /** One sentence telling the reader what to do next. */
  remedy?: string;
  /** Structured facts for `--json` and REST replies. */
  details?: Record<string, unknown>;
  /** The underlying failure. */
  cause?: unknown;
}

/**
 * The product's only error class. The message reads `Cannot <action> <kind> "<value>": <reason>`
 * without a full stop; the remedy, when there is one, is a sentence of its own.
 */
export class HermesError extends Error {
  override readonly name = "HermesError";
  readonly code: ErrorCode;
  readonly remedy: string | undefined;
  readonly details: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, message: string, parts: ErrorParts = {}) {
    super(message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.code = code;
    this.remedy = parts.remedy;
    this.details = parts.details;
  }
}

/** Turns any thrown value into a {@link HermesError}; unknown ones become `internal`. */
export function toHermesError(thrown: unknown): HermesError {
  if (thrown instanceof HermesError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new HermesError("internal", message, { cause: thrown });
}

/** The text of any thrown value, for logs and error columns. */
export function errorText(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
