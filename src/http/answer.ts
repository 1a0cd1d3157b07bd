// Owns: answers in JSON, and what an error looks like on the wire.

import { errorTable, errorText, type HermesError, toHermesError } from "../base/errors.ts";
import type { Log } from "../base/log.ts";

/** An error as clients get it. */
export interface ErrorBody {
  error: {
    code: string;
    message: string;
    remedy?: string;
    /** The field of the request that is wrong. */
    field?: string;
    /** Facts for programs. */
    details?: Record<string, unknown>;
  };
  /** The message once more, where older clients look for it. */
  detail: string;
}

const jsonType = { "content-type": "application/json; charset=utf-8" };

/** A value as JSON. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return jsonText(JSON.stringify(value ?? null), status, headers);
}

/** JSON that is text already. */
export function jsonText(
  text: string | Uint8Array<ArrayBuffer>,
  status = 200,
  headers: Record<string, string> = {},
): Response {
  return new Response(text, { status, headers: { ...jsonType, ...headers } });
}

/**
 * The answer to a request that failed. What is wrong inside of this program is not told.
 *
 * @param status instead of the one that goes with the error's code.
 */
export function errorAnswer(
  thrown: unknown,
  headers: Record<string, string> = {},
  status?: number,
): Response {
  const error = toHermesError(thrown);
  return json(errorBody(error), status ?? errorTable[error.code].http, headers);
}

function errorBody({ code, message, remedy, details }: HermesError): ErrorBody {
  const said = code === "internal" ? "Cannot answer the request: something went wrong" : message;
  const { field, ...facts } = details ?? {};
  return {
    error: {
      code,
      message: said,
      ...(remedy === undefined ? {} : { remedy }),
      ...(typeof field === "string" ? { field } : {}),
      ...(Object.keys(facts).length === 0 ? {} : { details: facts }),
    },
    detail: said,
  };
}

/** {@link errorAnswer} for what nobody expected, which is told to the operator too. */
export function failed(thrown: unknown, { method, url }: Request, log: Log): Response {
  const error = toHermesError(thrown);
  // Without the query: it may hold a token.
  const what = `${method} ${new URL(url).pathname}`;
  if (error.code === "internal") log.error(`Cannot answer ${what}: ${stackOf(error)}`);
  return errorAnswer(error);
}

function stackOf({ cause, message }: HermesError): string {
  return cause instanceof Error ? cause.stack ?? message : errorText(message);
}
