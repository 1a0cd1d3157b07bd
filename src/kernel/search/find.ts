// Owns: listing tasks that hold what somebody looks for.

import { HermesError } from "../../base/errors.ts";
import type { Board } from "../board.ts";
import { getPage, type Page } from "../detail.ts";
import type { ListFilter } from "../queries/tasks.ts";
import { isUnsupported, refreshIndex } from "./refresh.ts";
import { likePattern, matchQuery, termsOf } from "./words.ts";

/**
 * A page of the tasks in whose id, title, body, result, comments or handoffs all terms of `typed` are found.
 * Words are found by their beginning, "quoted words" one after the other. Without a full-text index, or when
 * it cannot be written, and for terms that consist of signs alone, the texts themselves are looked through.
 *
 * @throws HermesError `invalid` when nothing is looked for.
 */
export async function findTasks(
  board: Board,
  typed: string,
  filter: Omit<ListFilter, "search">,
): Promise<Page> {
  const terms = termsOf(typed);
  if (terms.length === 0) {
    throw new HermesError("invalid", "Cannot search tasks: there is nothing to look for", {
      remedy: "Give one word at least.",
    });
  }
  const match = matchQuery(terms);
  if (match !== null && await canRefresh(board)) {
    try {
      return await getPage(board, { ...filter, search: { match } });
    } catch (error) {
      if (!isUnsupported(error)) throw error;
    }
  }
  return await getPage(board, { ...filter, search: { patterns: terms.map(likePattern) } });
}

/** A board that cannot be written now can still be searched. */
async function canRefresh(board: Board): Promise<boolean> {
  try {
    return await refreshIndex(board);
  } catch (error) {
    if (error instanceof HermesError && (error.code === "io" || error.code === "busy")) {
      return false;
    }
    throw error;
  }
}
