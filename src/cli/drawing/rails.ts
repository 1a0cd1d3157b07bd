// Owns: drawing a graph as rails beside a list of its tasks, first things first. Pure.

/** One line: a task with the rails left of it, or rails alone. */
export interface RailLine {
  rails: string;
  /** Null for a line of rails alone. */
  id: string | null;
}

/** Where the icon of a task goes in {@link RailLine.rails}. */
export const iconPlace = "\uE000";

const up = 1;
const down = 2;
const left = 4;
const right = 8;

/** Directions → the character that has lines in all of them. */
const corners: Record<number, string> = {
  [up | down]: "│",
  [left | right]: "─",
  [up | right]: "╰",
  [up | left]: "╯",
  [down | right]: "╭",
  [down | left]: "╮",
  [up | down | right]: "├",
  [up | down | left]: "┤",
  [up | left | right]: "┴",
  [down | left | right]: "┬",
  [up | down | left | right]: "┼",
};

/**
 * Draws tasks in an order with parents before children. A rail leads from a task down to one that waits for
 * it; all rails to the same task are one.
 */
export function drawRails(
  order: readonly string[],
  edges: readonly { parent: string; child: string }[],
): { lines: RailLine[]; width: number } {
  const children = Map.groupBy(edges, ({ parent }) => parent);
  const lines: RailLine[] = [];
  /** Column → the task its rail leads to. */
  const rails: (string | null)[] = [];
  let width = 0;
  for (const id of order) {
    const column = placeOf(rails, id);
    rails[column] = id;
    width = Math.max(width, rails.length);
    lines.push({ id, rails: nodeLine(rails, column) });
    const before = rails.map((rail) => rail !== null);
    rails[column] = null;
    const targets = (children.get(id) ?? []).map(({ child }) => child);
    const columns = new Set([column, ...lay(rails, targets, column)]);
    width = Math.max(width, rails.length);
    if (columns.size > 1) lines.push({ id: null, rails: turnLine(before, rails, columns) });
    while (rails.length > 0 && rails.at(-1) === null) rails.pop();
  }
  return { lines, width };
}

/** The column of a task: where its rail comes down, else the first free one. */
function placeOf(rails: readonly (string | null)[], id: string): number {
  const own = rails.indexOf(id);
  if (own >= 0) return own;
  const free = rails.indexOf(null);
  return free >= 0 ? free : rails.length;
}

/** Gives each target a rail unless it has one; the first new one goes straight down. Returns their columns. */
function lay(rails: (string | null)[], targets: readonly string[], column: number): number[] {
  return targets.map((target) => {
    const known = rails.indexOf(target);
    if (known >= 0) return known;
    const free = rails[column] === null ? column : placeOf(rails, target);
    rails[free] = target;
    return free;
  });
}

function nodeLine(rails: readonly (string | null)[], column: number): string {
  const cells = rails.map((rail, at) => at === column ? iconPlace : rail === null ? " " : "│");
  return cells.join(" ").trimEnd();
}

/** The line on which rails leave a task to the sides. Rails that only pass are crossed over. */
function turnLine(
  before: readonly boolean[],
  rails: readonly (string | null)[],
  columns: ReadonlySet<number>,
): string {
  const first = Math.min(...columns);
  const last = Math.max(...columns);
  let line = "";
  for (let at = 0; at < Math.max(before.length, rails.length); at++) {
    const passes = (before[at] ?? false) && (rails[at] ?? null) !== null;
    if (columns.has(at)) {
      const directions = (before[at] ? up : 0) | ((rails[at] ?? null) !== null ? down : 0) |
        (at > first ? left : 0) | (at < last ? right : 0);
      line += corners[directions] ?? " ";
    } else if (passes) line += "│";
    else line += at > first && at < last ? "─" : " ";
    line += at >= first && at < last ? "─" : " ";
  }
  return line.trimEnd();
}
