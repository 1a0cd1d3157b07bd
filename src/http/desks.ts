// Owns: the boards a server has open, by the name a request gives.

import type { Config } from "../config/schema.ts";
import { normalizeBoardSlug } from "../config/paths.ts";
import type { OpContext } from "../ops/context.ts";
import { fileIdentity } from "../platform/file_tree.ts";
import { Desk } from "./desk.ts";

/** What desks are opened with. */
export interface DeskWorld {
  /** Prepares the world of an operation on a board; without a name, on the one that is current now. */
  open(board: string | undefined): Promise<OpContext>;
  /** The configuration as it is now. */
  config(): Promise<Config>;
}

interface Entry {
  desk: Promise<Desk>;
  /** What tells the board's file from another that came to lie at its place. */
  identity: Promise<string | null>;
  path: string;
}

/** Opens boards when they are first asked for. */
export class Desks {
  readonly #world: DeskWorld;
  readonly #open = new Map<string, Entry>();

  constructor(world: DeskWorld) {
    this.#world = world;
  }

  /**
   * The desk of a board.
   *
   * @param name as a request spells it; undefined for the board that is current.
   * @throws HermesError `usage` for a malformed name, `not_found`, and what opening a board throws.
   */
  async at(name: string | undefined): Promise<Desk> {
    const slug = name === undefined ? null : normalizeBoardSlug(name);
    const known = slug === null ? undefined : await this.#known(slug);
    if (known) return known;
    const context = await this.#world.open(name);
    return await this.#known(context.boardPaths.slug) ?? this.#add(context);
  }

  async close(): Promise<void> {
    const entries = [...this.#open.values()];
    this.#open.clear();
    for (const { desk } of entries) await (await desk.catch(() => null))?.close();
  }

  /** An open desk, unless its board was removed or replaced meanwhile. */
  async #known(slug: string): Promise<Desk | undefined> {
    const entry = this.#open.get(slug);
    if (!entry) return undefined;
    const [identity, now] = await Promise.all([entry.identity, fileIdentity(entry.path)]);
    if (now !== null && now === identity) return await entry.desk;
    if (this.#open.get(slug) === entry) this.#open.delete(slug);
    await (await entry.desk.catch(() => null))?.close();
    return undefined;
  }

  #add(context: OpContext): Promise<Desk> {
    const { slug, db: path } = context.boardPaths;
    const other = this.#open.get(slug);
    if (other) return other.desk;
    const desk = Desk.open(context, () => this.#world.config());
    const identity = desk.then(() => fileIdentity(path));
    const entry = { desk, identity, path };
    this.#open.set(slug, entry);
    // A board that cannot be opened is tried again the next time.
    identity.catch(() => {
      if (this.#open.get(slug) === entry) this.#open.delete(slug);
    });
    return desk;
  }
}

/** Runs `body` at the desk of the board a request names. One that was closed just now is opened again. */
export async function atDesk<T>(
  request: Request,
  desks: Desks,
  body: (desk: Desk) => T | Promise<T>,
): Promise<T> {
  const name = new URL(request.url).searchParams.get("board") ?? undefined;
  const desk = await desks.at(name);
  if (desk.isOpen) return await desk.use(() => body(desk));
  const again = await desks.at(name);
  return await again.use(() => body(again));
}
