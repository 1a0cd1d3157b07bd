// Owns: laying out big graphs in a moment: ranks by the longest way, rows ordered by their neighbours. Pure.

import { type Direction, gaps, type Line, type Part, type Point, type Size } from "./shape.ts";

const sweeps = 6;

/** One connected part; takes milliseconds for thousands of nodes. */
export function layInRows(
  ids: readonly string[],
  lines: readonly Line[],
  size: Size,
  direction: Direction,
): Part {
  const parents = Map.groupBy(lines, ({ to }) => to);
  const children = Map.groupBy(lines, ({ from }) => from);
  const before = (id: string) => (parents.get(id) ?? []).map(({ from }) => from);
  const after = (id: string) => (children.get(id) ?? []).map(({ to }) => to);
  const rows = ranksOf(ids, before, after);
  const at = new Map<string, number>();
  const number = (row: readonly string[]) => row.forEach((id, index) => at.set(id, index));
  rows.forEach(number);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const down = sweep % 2 === 0;
    const order = down ? rows.keys() : [...rows.keys()].reverse();
    for (const index of order) {
      const row = rows[index]!;
      const pull = new Map(row.map((id) => {
        const near = (down ? before : after)(id).map((other) => at.get(other)!);
        const mean = near.reduce((sum, place) => sum + place, 0) / near.length;
        return [id, near.length === 0 ? at.get(id)! : mean];
      }));
      row.sort((a, b) => pull.get(a)! - pull.get(b)!);
      number(row);
    }
  }
  return placed(rows, size, direction);
}

/** Nodes by the number of steps to the farthest beginning; nodes of a circle after what leads there. */
function ranksOf(
  ids: readonly string[],
  before: (id: string) => string[],
  after: (id: string) => string[],
): string[][] {
  const open = new Map(ids.map((id) => [id, before(id).length]));
  const rank = new Map<string, number>();
  const queue = ids.filter((id) => open.get(id) === 0);
  const waiting = new Set(ids);
  while (waiting.size > 0) {
    const id = queue.shift() ?? waiting.values().next().value!;
    if (!waiting.delete(id)) continue;
    rank.set(id, Math.max(0, ...before(id).map((other) => (rank.get(other) ?? -1) + 1)));
    for (const child of after(id)) {
      open.set(child, open.get(child)! - 1);
      if (open.get(child) === 0) queue.push(child);
    }
  }
  const rows: string[][] = [];
  for (const id of ids) (rows[rank.get(id)!] ??= []).push(id);
  return rows.filter((row) => row !== undefined);
}

/** Rows one after the other, each in the middle of the longest. */
function placed(rows: readonly string[][], size: Size, direction: Direction): Part {
  const right = direction === "right";
  const along = right ? size.height + gaps.beside : size.width + gaps.beside;
  const across = right ? size.width + gaps.ranks : size.height + gaps.ranks;
  const longest = Math.max(...rows.map((row) => row.length));
  const places = new Map<string, Point>();
  rows.forEach((row, rank) => {
    const begin = (longest - row.length) * along / 2;
    row.forEach((id, index) => {
      const [major, minor] = [rank * across, begin + index * along];
      places.set(id, right ? { x: major, y: minor } : { x: minor, y: major });
    });
  });
  const length = longest * along - gaps.beside;
  const depth = rows.length * across - gaps.ranks;
  return {
    places,
    bends: new Map(),
    width: right ? depth : length,
    height: right ? length : depth,
  };
}
