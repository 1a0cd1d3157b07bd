// Owns: bringing what the page holds up to date after events.

import type { QueryClient } from "@tanstack/react-query";
import { applyChanges, needsWhole } from "./board_changes.ts";
import { get } from "./client.ts";
import type { Board, Changes } from "./shapes.ts";
import type { BoardFilter } from "./whole_board.ts";

/** Answers that any event may change, by the first word of their key. The board has its own way. */
const boardWide = ["attention", "stats", "graph", "usage", "timeline", "workers", "search"];

/** Brings everything of `board` up to date; `ids` are the tasks events were about. */
export async function refreshAfterEvents(
  client: QueryClient,
  board: string,
  ids: readonly string[],
): Promise<void> {
  const words = boardWide.map((word) => client.invalidateQueries({ queryKey: [board, word] }));
  const tasks = ids.map((id) => client.invalidateQueries({ queryKey: [board, "task", id] }));
  await Promise.all([refreshBoards(client, board), ...words, ...tasks]);
}

/** Asks only for the cards that changed; for the whole board where that cannot be told apart. */
async function refreshBoards(client: QueryClient, board: string): Promise<void> {
  const queries = client.getQueryCache().findAll({ queryKey: [board, "board"] });
  await Promise.all(queries.map(async (query) => {
    const { queryKey } = query;
    const filter = queryKey[2] as BoardFilter;
    const shown = client.getQueryData<Board>(queryKey);
    // A tenant's counts are not among the changes.
    if (!shown || !query.isActive() || filter.tenant !== "") {
      return await client.invalidateQueries({ queryKey, exact: true });
    }
    const changes = await get<Changes>("/board/changes", {
      board,
      query: { since: shown.latest_event_id, texts: false },
    }).catch(() => null);
    if (!changes || needsWhole(shown, changes)) {
      return await client.invalidateQueries({ queryKey, exact: true });
    }
    client.setQueryData<Board>(queryKey, (now) => {
      // Somebody else brought it up to date in the meantime.
      if (!now || now.latest_event_id > changes.latest_event_id) return now;
      return applyChanges(now, changes, filter);
    });
  }));
}
