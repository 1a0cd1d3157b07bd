// Owns: not answering twice what has not changed.

import type { Config } from "../config/schema.ts";
import { gzipQuickly } from "../platform/compress.ts";
import { jsonText } from "./answer.ts";
import type { Desk } from "./desk.ts";

/** Bodies that are kept at most, the last ones made. */
const maxBodies = 64;

/** Bytes that kept bodies may take together. */
const maxBytes = 4 * 1024 * 1024;

/** Bytes from which on it pays to pack a body. */
const packedFrom = 64 * 1024;

interface Kept {
  tag: string;
  body: Promise<Body>;
  /** Bytes of the body; 0 until it was made. */
  size: number;
}

interface Body {
  bytes: Uint8Array<ArrayBuffer>;
  packed: boolean;
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
    const packs = /\bgzip\b/i.test(request.headers.get("accept-encoding") ?? "");
    const asked = `${desk.slug} ${packs ? "gzip" : ""} ${key}`;
    const { bytes, packed } = await this.#body(asked, tag, async () => bodyOf(await make(), packs));
    return jsonText(bytes, 200, {
      ...headers,
      vary: "accept-encoding",
      ...(packed ? { "content-encoding": "gzip" } : {}),
    });
  }

  #body(key: string, tag: string, make: () => Promise<Body>): Promise<Body> {
    const known = this.#bodies.get(key);
    if (known?.tag === tag) return known.body;
    const kept: Kept = { tag, body: make(), size: 0 };
    this.#bodies.delete(key);
    this.#bodies.set(key, kept);
    kept.body.then(({ bytes }) => kept.size = bytes.length, () => this.#forget(key, kept))
      .then(() => this.#dropOldest());
    return kept.body;
  }

  #forget(key: string, kept: Kept): void {
    if (this.#bodies.get(key) === kept) this.#bodies.delete(key);
  }

  /** The newest stays, however large it is: others may be about to ask for it. */
  #dropOldest(): void {
    let bytes = this.#bodies.values().reduce((sum, { size }) => sum + size, 0);
    for (const [key, kept] of this.#bodies) {
      const fits = bytes <= maxBytes && this.#bodies.size <= maxBodies;
      if (fits || this.#bodies.size === 1) return;
      this.#bodies.delete(key);
      bytes -= kept.size;
    }
  }

  async #tag(desk: Desk, config: Config): Promise<string> {
    if (config !== this.#config) this.#configs++;
    this.#config = config;
    let number = this.#desks.get(desk);
    if (number === undefined) this.#desks.set(desk, number = ++this.#count);
    return `W/"${this.#start}.${this.#configs}.${number}.${await desk.version()}"`;
  }
}

/** The text of a value. A large one is packed once for all: every answer holds a copy until its client has read it. */
async function bodyOf(value: unknown, packs: boolean): Promise<Body> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  if (!packs || bytes.length < packedFrom) return { bytes, packed: false };
  return { bytes: await gzipQuickly(bytes), packed: true };
}
