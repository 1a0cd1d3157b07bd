// Owns: the names somebody may be typing — tasks, profiles, boards — without making or changing anything.

import { boardMeta, boardSlugs } from "../../kernel/boards.ts";
import { getStats } from "../../kernel/detail.ts";
import { read } from "../../kernel/board.ts";
import { eventKinds } from "../../kernel/model/status.ts";
import { candidates } from "../../kernel/queries/candidates.ts";
import { boardPlaces } from "../board_places.ts";
import type { OpContext } from "../context.ts";

/** Names at most: more than that nobody reads. */
const mostTasks = 200;

/** A name, and what a person knows it by. */
export interface NamedThing {
  name: string;
  about: string;
}

/** Tasks whose id begins with `beginning`; none where there is no board yet. */
export async function taskNames(context: OpContext, beginning: string): Promise<NamedThing[]> {
  if (!await context.host.exists(context.boardPaths.db)) return [];
  const board = await context.board();
  const found = await read(board, (tx) => candidates(tx, beginning, mostTasks));
  return found.map(({ id, title, status }) => ({ name: id, about: `${status}: ${title}` }));
}

/** Profiles on disk. */
export async function profileNames(context: OpContext): Promise<NamedThing[]> {
  return (await context.profiles()).map((name) => ({ name, about: "" }));
}

/** Skills that the context's profile can load. */
export async function skillNames({ paths }: OpContext): Promise<NamedThing[]> {
  const { visibleSkills } = await import("../../profiles/skills.ts");
  const skills = await visibleSkills(paths, paths.profile);
  return skills.map(({ name, description }) => ({ name, about: description }));
}

/** Profiles that come with hermes. */
export async function templateNames(): Promise<NamedThing[]> {
  const { listTemplates } = await import("../../profiles/templates.ts");
  return listTemplates().map(({ name, description }) => ({ name, about: description }));
}

/** Whom a task may be given to: profiles, others who have tasks on the board, and nobody. */
export async function assigneeNames(context: OpContext): Promise<NamedThing[]> {
  const known = await profileNames(context);
  const others = await context.host.exists(context.boardPaths.db)
    ? Object.keys((await getStats(await context.board())).by_assignee)
    : [];
  const strangers = others.filter((name) => name !== "" && !known.some((it) => it.name === name));
  return [
    ...known,
    ...strangers.sort().map((name) => ({ name, about: "has no profile" })),
    { name: "none", about: "nobody" },
  ];
}

export async function boardNames(context: OpContext): Promise<NamedThing[]> {
  const places = boardPlaces(context.paths);
  const slugs = await boardSlugs(places);
  return await Promise.all(
    slugs.map(async (slug) => ({ name: slug, about: (await boardMeta(places, slug)).name })),
  );
}

export function eventKindNames(): NamedThing[] {
  return eventKinds.map((kind) => ({ name: kind, about: "" }));
}
