// Owns: where the boards of a home lie, in the form the kernel asks for.

import { boardPaths, defaultBoard, normalizeBoardSlug, type Paths } from "../config/paths.ts";
import type { BoardPlaces } from "../kernel/boards.ts";

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
