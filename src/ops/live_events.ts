// Owns: the event log for whoever hands it on while it grows.

import { endOfLog, readEvents } from "../kernel/feed.ts";
import type { EventView } from "../kernel/views.ts";
import type { OpContext } from "./context.ts";

/** Number of the newest event of the board; 0 when there is none. */
export async function latestEvent(context: OpContext): Promise<number> {
  return await endOfLog(await context.board());
}

/** Events after `cursor`, oldest first, at most `limit`, and the cursor to go on from. */
export async function eventsAfter(
  context: OpContext,
  cursor: number,
  limit: number,
): Promise<{ events: EventView[]; cursor: number }> {
  return await readEvents(await context.board(), cursor, limit);
}
