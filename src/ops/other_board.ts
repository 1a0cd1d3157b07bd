// Owns: an agent's look at, and few words on, another board than the one its task lies on.

import { HermesError } from "../base/errors.ts";
import { envNames } from "../config/env_names.ts";
import { normalizeBoardSlug } from "../config/paths.ts";
import { getRun } from "../kernel/detail.ts";
import { type OpContext, openContext } from "./context.ts";
import type { ToolOverlay } from "./define.ts";

/** Places that were fixed for the agent's own board. */
const ownPlaces: readonly string[] = [
  envNames.kanbanDb,
  envNames.kanbanWorkspacesRoot,
  envNames.kanbanAttachmentsRoot,
  envNames.kanbanBoard,
];

/**
 * The context in which a tool acts on the board a model named; `context` itself when that is its own. On another
 * board an agent has no task and no run, so what needs one is not offered there. Who calls it closes what is new.
 *
 * @throws HermesError `usage` for a malformed slug, `forbidden`, `fenced` when the agent's own run is closed.
 */
export async function contextOnBoard(
  context: OpContext,
  overlay: ToolOverlay,
  named: unknown,
): Promise<OpContext> {
  if (named === undefined || named === null || named === "") return context;
  const slug = typeof named === "string" ? normalizeBoardSlug(named) : null;
  if (slug === null) {
    throw new HermesError(
      "usage",
      `Cannot call ${overlay.name}: board ${JSON.stringify(named)} is malformed`,
      {
        remedy: "Give the slug of a board, such as website.",
      },
    );
  }
  const { actor, boardPaths, env, host, log, clock, paths } = context;
  if (slug === boardPaths.slug) return context;
  if (actor.taskId !== null && !overlay.otherBoards) {
    throw new HermesError(
      "forbidden",
      `Cannot call ${overlay.name} on board "${slug}": your task is on board "${boardPaths.slug}"`,
      { remedy: "On other boards you may show and list tasks, create one, and comment." },
    );
  }
  await checkOwnRun(context);
  return await openContext({
    env: Object.fromEntries(Object.entries(env).filter(([name]) => !ownPlaces.includes(name))),
    host,
    log,
    clock,
    profile: paths.profile,
    board: slug,
    actor: { ...actor, taskId: null, runId: null },
  });
}

/** What an agent may do elsewhere it may do only for as long as it works for somebody. */
async function checkOwnRun(context: OpContext): Promise<void> {
  const { actor } = context;
  if (actor.runId === null) return;
  const run = await getRun(await context.board(), actor.runId);
  if (run && run.ended_at === null) return;
  throw new HermesError("fenced", `Cannot act for run ${actor.runId}: that run is closed`, {
    remedy: "Stop working: another attempt may be under way.",
    details: { run_id: actor.runId },
  });
}
