// Owns: reading the body of a request, up to a limit.

import { HermesError } from "../base/errors.ts";

/** Bytes of a JSON body at most. */
export const maxJsonBytes = 2 * 1024 * 1024;

/**
 * The JSON of a body; undefined when there is none. The type must say JSON, for a page of another site can
 * send every other type unasked.
 *
 * @throws HermesError `too_large`, `usage` when it is no JSON.
 */
export async function readJson(request: Request): Promise<unknown> {
  if (request.body === null) return undefined;
  const bytes = await readBytes(request, maxJsonBytes);
  if (bytes.length === 0) return undefined;
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type)) {
    throw new HermesError("usage", "Cannot read the body: its content type is not JSON", {
      remedy: "Send it with: Content-Type: application/json",
    });
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new HermesError("usage", "Cannot read the body: it is no valid JSON");
  }
}

/**
 * The bytes of a body.
 *
 * @throws HermesError `too_large` as soon as there are more than `limit`.
 */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge(limit);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function tooLarge(limit: number): HermesError {
  const most = limit % (1024 * 1024) === 0 ? `${limit / (1024 * 1024)} MB` : `${limit} bytes`;
  return new HermesError("too_large", `Cannot read the body: it has more than ${most}`);
}
