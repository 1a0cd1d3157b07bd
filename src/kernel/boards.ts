// Owns: the boards of a home — which there are, what each is called, which one is current, removing one.

import { HermesError } from "../base/errors.ts";
import type { BoardPaths } from "../config/paths.ts";
import {
  ensureDir,
  exists,
  listDirs,
  readTextIfExists,
  removeTreeInside,
  writeTextAtomic,
} from "../platform/files.ts";
import { lookAt } from "../platform/file_tree.ts";
import { isAbsolutePath, joinPath } from "../platform/paths.ts";
import { movePath } from "../platform/transfer.ts";

/** Where boards lie. */
export interface BoardPlaces {
  /** Folder with one folder per board. */
  boardsDir: string;
  /** File with the slug of the board that was switched to. */
  currentFile: string;
  /** Slug of the board that always exists. */
  defaultSlug: string;
  /** Places of one board. */
  of(slug: string): BoardPaths;
  /** The stored form of a slug, or null when it is malformed. */
  normalize(text: string): string | null;
}

/** What a board's `board.json` says. Fields of other programs are kept when it is rewritten. */
export interface BoardMeta {
  slug: string;
  name: string;
  description: string;
  /** An emoji or a short text; empty for none. */
  icon: string;
  /** A CSS colour; empty for none. */
  color: string;
  /** Folder in which dir and worktree tasks without a path of their own work. */
  default_workdir: string | null;
  /** Epoch seconds; null when nobody recorded it. */
  created_at: number | null;
  archived: boolean;
}

/** The part of {@link BoardMeta} that people choose. */
export type BoardLook = Partial<
  Pick<BoardMeta, "name" | "description" | "icon" | "color" | "default_workdir">
>;

const archiveFolder = "_archived";
const metaFile = "board.json";

/** Slugs of all boards, the default one first, the others in alphabetical order. */
export async function boardSlugs(places: BoardPlaces): Promise<string[]> {
  const others: string[] = [];
  for (const folder of await listDirs(places.boardsDir)) {
    if (folder === places.defaultSlug || places.normalize(folder) !== folder) continue;
    if (await boardExists(places, folder)) others.push(folder);
  }
  return [places.defaultSlug, ...others];
}

/** A board exists once it has a database or a `board.json`; the default one always does. */
export async function boardExists(places: BoardPlaces, slug: string): Promise<boolean> {
  if (slug === places.defaultSlug) return true;
  return await exists(joinPath(folderOf(places, slug), metaFile)) ||
    await exists(places.of(slug).db);
}

/** What a board is called. A file that is missing, damaged or says nothing is made up for. */
export async function boardMeta(places: BoardPlaces, slug: string): Promise<BoardMeta> {
  return readMeta(await rawMeta(folderOf(places, slug)), slug);
}

/**
 * Writes what a board is called; the file is made when there is none.
 *
 * @param now epoch seconds, recorded as the time of creation when none is known.
 * @throws HermesError `io`.
 */
export async function writeBoardMeta(
  places: BoardPlaces,
  slug: string,
  look: BoardLook,
  now: number,
): Promise<BoardMeta> {
  const folder = folderOf(places, slug);
  const raw = await rawMeta(folder);
  const before = readMeta(raw, slug);
  const given = Object.fromEntries(
    Object.entries(look).filter(([, value]) => value !== undefined),
  );
  const meta = { ...before, created_at: before.created_at ?? now, ...given };
  meta.name = meta.name.trim() || titleOf(slug);
  await ensureDir(folder);
  const text = JSON.stringify({ ...raw, ...meta }, null, 2);
  await writeTextAtomic(joinPath(folder, metaFile), `${text}\n`);
  return meta;
}

/** Boards that were removed without being deleted, by folder, oldest first. */
export async function archivedBoards(
  places: BoardPlaces,
): Promise<{ meta: BoardMeta; dir: string }[]> {
  const root = joinPath(places.boardsDir, archiveFolder);
  const found: { meta: BoardMeta; dir: string }[] = [];
  for (const folder of await listDirs(root)) {
    const dir = joinPath(root, folder);
    const slug = /^(.+?)-\d{9,}(?:-\d+)?$/.exec(folder)?.[1] ?? folder;
    found.push({ meta: { ...readMeta(await rawMeta(dir), slug), archived: true }, dir });
  }
  return found;
}

/**
 * The board that was switched to; the default one when there is no such board any more, or the file says
 * something else than a slug.
 */
export async function currentBoard(places: BoardPlaces): Promise<string> {
  const text = await readTextIfExists(places.currentFile);
  const slug = text === null ? null : places.normalize(text);
  return slug !== null && await boardExists(places, slug) ? slug : places.defaultSlug;
}

/** Makes a board the current one. @throws HermesError `not_found`, `io`. */
export async function switchBoard(places: BoardPlaces, slug: string): Promise<void> {
  if (!await boardExists(places, slug)) throw await unknownBoard(places, slug);
  await ensureDir(places.of(places.defaultSlug).dir);
  await writeTextAtomic(places.currentFile, `${slug}\n`);
}

/**
 * Takes a board out of the list: its folder moves to the archive, or is deleted. When it was the current
 * one, the default board is current afterwards.
 *
 * @param now epoch seconds, which becomes part of the archive folder's name.
 * @returns the folder in the archive; null when it was deleted.
 * @throws HermesError `refused` for the default board, `not_found`, `io`.
 */
export async function removeBoard(
  places: BoardPlaces,
  slug: string,
  options: { delete: boolean; now: number },
): Promise<string | null> {
  if (slug === places.defaultSlug) {
    throw new HermesError("refused", `Cannot remove board "${slug}": it is the default board`, {
      remedy: "Archive its tasks instead.",
    });
  }
  if (!await boardExists(places, slug)) throw await unknownBoard(places, slug);
  const wasCurrent = await currentBoard(places) === slug;
  const folder = folderOf(places, slug);
  const target = options.delete ? null : await archiveTarget(places, slug, options.now);
  if (target === null) await removeTreeInside(places.boardsDir, folder);
  else await movePath(folder, target);
  if (wasCurrent) {
    await removeTreeInside(places.of(places.defaultSlug).dir, places.currentFile);
  }
  return target;
}

/**
 * Checks that a folder can be a board's default one.
 *
 * @throws HermesError `invalid` when the path is relative, or no folder.
 */
export async function checkWorkdir(path: string): Promise<void> {
  const reason = !isAbsolutePath(path)
    ? "the path must be absolute"
    : (await lookAt(path))?.kind !== "folder"
    ? "there is no such folder"
    : null;
  if (reason === null) return;
  throw new HermesError("invalid", `Cannot use default workdir "${path}": ${reason}`, {
    remedy: "Give the full path of an existing folder.",
  });
}

/** The error for a slug that names no board; its remedy lists those there are. */
export async function unknownBoard(places: BoardPlaces, slug: string): Promise<HermesError> {
  const known = await boardSlugs(places);
  return new HermesError("not_found", `Cannot find board "${slug}": no such board`, {
    remedy: `There are: ${known.join(", ")}. ` +
      `Create it with: hermes kanban boards create ${slug}`,
    details: { board: slug },
  });
}

/** The default board's tasks lie elsewhere, but its `board.json` lies with those of the others. */
function folderOf(places: BoardPlaces, slug: string): string {
  return joinPath(places.boardsDir, slug);
}

async function archiveTarget(places: BoardPlaces, slug: string, now: number): Promise<string> {
  const root = joinPath(places.boardsDir, archiveFolder);
  await ensureDir(root);
  const wanted = joinPath(root, `${slug}-${now}`);
  for (let number = 0;; number++) {
    const target = number === 0 ? wanted : `${wanted}-${number}`;
    if (!await exists(target)) return target;
  }
}

async function rawMeta(folder: string): Promise<Record<string, unknown>> {
  const text = await readTextIfExists(joinPath(folder, metaFile));
  if (text === null) return {};
  try {
    const value: unknown = JSON.parse(text);
    const usable = typeof value === "object" && value !== null && !Array.isArray(value);
    return usable ? value as Record<string, unknown> : {};
  } catch {
    return {};
  }
}

/** The folder is the board's identity, whatever slug the file names. */
function readMeta(raw: Record<string, unknown>, slug: string): BoardMeta {
  const text = (name: string) => typeof raw[name] === "string" ? raw[name] : "";
  const { created_at } = raw;
  return {
    slug,
    name: text("name").trim() || titleOf(slug),
    description: text("description"),
    icon: text("icon"),
    color: text("color"),
    default_workdir: text("default_workdir") || null,
    created_at: typeof created_at === "number" ? Math.floor(created_at) : null,
    archived: raw["archived"] === true,
  };
}

/** `release-notes` → `Release Notes`. */
function titleOf(slug: string): string {
  const words = slug.split(/[-_]+/).filter((word) => word !== "");
  return words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join(" ") || slug;
}
