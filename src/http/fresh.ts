// Owns: not answering twice what has not changed.

import type { Config } from "../config/schema.ts";
import { jsonText } from "./answer.ts";
import type { Desk } from "./desk.ts";

/** Bodies that are kept at most, the last ones asked for. */
const maxBodies = 8;

interface Kept {
  tag: string;
  body: Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Answers that depend on the board and the configuration alone. While both stay, a client that has one is
 * told so, and clients that have not share the one that was made: many tabs that ask after the same change
 * cost one look at the board.
 */
export class Freshness {
  readonly #start: string;
  readonly #bodies = new Map<string, Kept>();
  readonly #desks = new WeakMap<Desk, number>();
  #config: Config | undefined;
  #configs = 0;
  #count = 0;

  /** @param start tells this server from its predecessors. */
  constructor(start: string) {
    this.#start = start;
  }

  /**
   * The answer to a GET request.
   *
   * @param key what was asked, as far as it decides about the answer.
   * @param make makes the value of the answer.
   */
  async answer(
    request: Request,
    desk: Desk,
    config: Config,
    key: string,
    make: () => Promise<unknown>,
  ): Promise<Response> {
    const tag = await this.#tag(desk, config);
    const headers = { etag: tag, "cache-control": "private, no-cache" };
    if (request.headers.get("if-none-match") === tag) {
      return new Response(null, { status: 304, headers });
    }
    return jsonText(await this.#body(`${desk.slug} ${key}`, tag, make), 200, headers);
  }

  #body(key: string, tag: string, make: () => Promise<unknown>): Promise<Uint8Array<ArrayBuffer>> {
    const kept = this.#bodies.get(key);
    if (kept?.tag === tag) return kept.body;
    this.#bodies.delete(key);
    if (this.#bodies.size >= maxBodies) this.#bodies.delete(this.#bodies.keys().next().value!);
    const body = make().then((value) => new TextEncoder().encode(JSON.stringify(value)));
    this.#bodies.set(key, { tag, body });
    body.catch(() => {
      if (this.#bodies.get(key)?.body === body) this.#bodies.delete(key);
    });
    return body;
  }

  async #tag(desk: Desk, config: Config): Promise<string> {
    if (config !== this.#config) this.#configs++;
    this.#config = config;
    let number = this.#desks.get(desk);
    if (number === undefined) this.#desks.set(desk, number = ++this.#count);
    return `W/"${this.#start}.${this.#configs}.${number}.${await desk.version()}"`;
  }
}
