// Owns: counting the neighbours of many tasks at once.

import type { ReadTx } from "./engine/port.ts";
import { isSatisfied } from "./lifecycle/guards.ts";
import { ofAll, sql, type StateRow } from "./queries/cards.ts";
import type { SeenTaskRow } from "./queries/tasks.ts";

/** The neighbours of one task. */
export interface LinkFigures {
  parents: number;
  /** Parents that keep it waiting. */
  open: number;
  /** Parents that came out of the task itself, as those of a decomposition do. */
  split: number;
  children: number;
  /** Children that are done. */
  done: number;
}

/** With more tasks than this it is quicker to read every link of the board. */
const many = 1000;

interface Link {
  parent: string;
  child: string;
  waived: boolean;
}

/** Figures of those of `rows` that have neighbours. Links to tasks that are gone do not count. */
export async function linkFigures(
  tx: ReadTx,
  rows: readonly SeenTaskRow[],
): Promise<Map<string, LinkFigures>> {
  const links = await linksAround(tx, rows);
  const states = new Map<string, Omit<StateRow, "id">>();
  for (const row of rows) {
    states.set(row.id, { done: isSatisfied(row) ? 1 : 0, origin_task_id: row.origin_task_id });
  }
  const listed = new Set(states.keys());
  const others = new Set<string>();
  for (const { parent, child } of links) {
    if (!listed.has(parent) && listed.has(child)) others.add(parent);
    if (!listed.has(child) && listed.has(parent)) others.add(child);
  }
  for (const row of await ofAll<StateRow>(tx, sql.states, [...others])) states.set(row.id, row);
  return count(links, listed, states);
}

function count(
  links: readonly Link[],
  listed: ReadonlySet<string>,
  states: ReadonlyMap<string, Omit<StateRow, "id">>,
): Map<string, LinkFigures> {
  const figures = new Map<string, LinkFigures>();
  const of = (id: string) => {
    let found = figures.get(id);
    if (!found) figures.set(id, found = { parents: 0, open: 0, split: 0, children: 0, done: 0 });
    return found;
  };
  for (const { parent, child, waived } of links) {
    const above = states.get(parent);
    const below = states.get(child);
    if (!above || !below) continue;
    if (listed.has(child)) {
      const figure = of(child);
      figure.parents++;
      if (!waived && above.done === 0) figure.open++;
      if (above.origin_task_id === child) figure.split++;
    }
    if (listed.has(parent)) {
      const figure = of(parent);
      figure.children++;
      figure.done += below.done;
    }
  }
  return figures;
}

async function linksAround(tx: ReadTx, rows: readonly SeenTaskRow[]): Promise<Link[]> {
  if (rows.length === 0) return [];
  const text = rows.length > many
    ? await tx.get<{ pairs: string }>(sql.allLinks)
    : (await ofAll<{ pairs: string }>(tx, sql.linksOf, rows.map(({ id }) => id)))[0];
  return (JSON.parse(text?.pairs ?? "[]") as (string | null)[]).flatMap((pair) => {
    const [parent, child, waived] = pair?.split(" ") ?? [];
    return parent && child ? [{ parent, child, waived: waived === "1" }] : [];
  });
}
