// Owns: where the boards of a home lie, in the form the kernel asks for.

import { boardPaths, defaultBoard, normalizeBoardSlug, type Paths } from "../config/paths.ts";
import { boardExists, type BoardPlaces, unknownBoard } from "../kernel/boards.ts";
import type { OpContext } from "./context.ts";

/** The places of all boards below one root. */
export function boardPlaces(paths: Paths): BoardPlaces {
  return {
    boardsDir: paths.boardsDir,
    currentFile: paths.currentBoardFile,
    defaultSlug: defaultBoard,
    of: (slug) => boardPaths(paths, slug),
    normalize: normalizeBoardSlug,
  };
}

/**
 * The context's board as a file, for operations that do without opening it.
 *
 * @throws HermesError `not_found` when there is no board of that name.
 */
export async function knownBoardFile(
  { boardPaths, paths }: Pick<OpContext, "boardPaths" | "paths">,
): Promise<{ slug: string; db: string }> {
  const { slug, db } = boardPaths;
  const places = boardPlaces(paths);
  if (!await boardExists(places, slug)) throw await unknownBoard(places, slug);
  return { slug, db };
}
