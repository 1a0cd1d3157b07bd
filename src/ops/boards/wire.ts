// Owns: a board as the operations on boards answer with it.

import * as z from "zod";
import { HermesError, toHermesError } from "../../base/errors.ts";
import { envNames, envValue } from "../../config/env_names.ts";
import { boardPaths, resolveBoardSlug } from "../../config/paths.ts";
import type { Board } from "../../kernel/board.ts";
import { boardExists, type BoardMeta, boardMeta, unknownBoard } from "../../kernel/boards.ts";
import { boardPlaces } from "../board_places.ts";
import type { OpContext } from "../context.ts";

export const boardSchema = z.object({
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  icon: z.string(),
  color: z.string(),
  default_workdir: z.string().nullable(),
  default_workspace_kind: z.enum(["scratch", "dir", "worktree"])
    .describe("What suits new tasks: worktree when the folder is a git repository"),
  created_at: z.number().int().nullable(),
  archived: z.boolean(),
  db_path: z.string(),
  is_current: z.boolean(),
  counts: z.record(z.string(), z.number()).describe("Tasks per status"),
  total: z.number().describe("Tasks that are not archived"),
  problem: z.string().nullable().describe("Why the tasks could not be counted"),
}).meta({ id: "Board" });

export type BoardView = z.infer<typeof boardSchema>;

/** Texts that people choose for a board. */
export const lookFields = {
  name: z.string().optional().describe("What people call it"),
  description: z.string().optional().describe("What it is for"),
  icon: z.string().optional().describe("An emoji or a short text"),
  color: z.string().optional().describe("A CSS colour, such as #0a7 or teal"),
};

export const boardSlugField = z.string().min(1)
  .describe("Short name of the board: letters, digits, hyphens and underscores");

/** The stored form of a typed slug. @throws HermesError `usage` when it is malformed. */
export function readSlug(typed: string): string {
  return resolveBoardSlug(typed, {}, null);
}

/** {@link readSlug} of a board there is. @throws HermesError `usage`, `not_found`. */
export async function readKnownSlug(context: OpContext, typed: string): Promise<string> {
  const places = boardPlaces(context.paths);
  const slug = readSlug(typed);
  if (await boardExists(places, slug)) return slug;
  throw await unknownBoard(places, slug);
}

/** A board with its counts. A database that cannot be read is a problem of that board alone. */
export async function viewBoard(context: OpContext, slug: string): Promise<BoardView> {
  const meta = await boardMeta(boardPlaces(context.paths), slug);
  const db = boardPaths(context.paths, slug).db;
  return await view(context, meta, db, slug === context.boardPaths.slug);
}

/** A board in the archive. */
export function viewArchived(
  context: OpContext,
  { meta, dir }: { meta: BoardMeta; dir: string },
): Promise<BoardView> {
  return view(context, meta, `${dir}/kanban.db`, false);
}

/** Tasks per status; `{}` when there is no database yet. @throws HermesError as opening a board does. */
export async function countTasks(
  context: OpContext,
  slug: string,
  path: string,
): Promise<Record<string, number>> {
  const { getStats } = await import("../../kernel/detail.ts");
  return await onBoard(context, slug, async (board) => (await getStats(board)).by_status, path) ??
    {};
}

/** Does something on another board; null when it has no database yet. @throws HermesError as opening a board does. */
export async function onBoard<T>(
  context: OpContext,
  slug: string,
  body: (board: Board) => Promise<T>,
  path = boardPaths(context.paths, slug).db,
): Promise<T | null> {
  if (!await context.host.exists(path)) return null;
  const { openBoard } = await import("../../kernel/board.ts");
  const board = await openBoard({ slug, path, clock: context.clock, log: context.log });
  try {
    return await body(board);
  } finally {
    await board.close();
  }
}

async function view(
  context: OpContext,
  meta: BoardMeta,
  path: string,
  isCurrent: boolean,
): Promise<BoardView> {
  const { default_workdir: workdir } = meta;
  let counts: Record<string, number> = {};
  let problem: string | null = null;
  try {
    counts = await countTasks(context, meta.slug, path);
  } catch (thrown) {
    problem = toHermesError(thrown).message;
  }
  const { archived = 0, ...live } = counts;
  return {
    ...meta,
    default_workspace_kind: workdir === null
      ? "scratch"
      : await context.host.exists(`${workdir}/.git`)
      ? "worktree"
      : "dir",
    db_path: path,
    is_current: isCurrent,
    counts: archived > 0 ? { ...live, archived } : live,
    total: Object.values(live).reduce((sum, count) => sum + count, 0),
    problem,
  };
}

/** A sentence when the environment keeps commands of this shell on another board. */
export function pinnedElsewhere(context: OpContext, slug: string): string | null {
  const name = envNames.kanbanBoard;
  const pinned = envValue(context.env, name);
  if (pinned === undefined || pinned.toLowerCase() === slug) return null;
  return `${name} is set to "${pinned}" in this shell and goes before the board that was switched to.`;
}

/** @throws HermesError `refused` while workers are busy on the board. */
export function refuseWhileRunning(slug: string, counts: Record<string, number>): void {
  const running = counts["running"] ?? 0;
  if (running === 0) return;
  const tasks = running === 1 ? "1 task is" : `${running} tasks are`;
  throw new HermesError("refused", `Cannot remove board "${slug}": ${tasks} running on it`, {
    remedy: "Wait for the workers, or take their tasks away with: " +
      `hermes kanban --board ${slug} reclaim <id>`,
  });
}
