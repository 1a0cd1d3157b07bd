// Owns: where the nodes of a graph lie and how its lines run. Pure.

import { Graph, layout } from "@dagrejs/dagre";
import { layInRows } from "./rows_layout.ts";
import { type Direction, gaps, type Line, type Part, type Point, type Size } from "./shape.ts";

export interface Laid {
  /** Top left corner of each node, in px. */
  places: ReadonlyMap<string, Point>;
  /** SVG path of each line. */
  paths: ReadonlyMap<string, string>;
  /** The node nearest to the top left corner. */
  first: string | undefined;
  width: number;
  height: number;
}

/** Parts with more nodes than this are laid quickly instead of well; fewer when there is a lot to lay. */
const carefulNodes = 160;
const carefulNodesOfMany = 40;
const many = 400;

/** Space between parts that have nothing to do with each other, in px. */
const partGap = 48;

/**
 * Lays out a graph: every connected part by ranks, the parts side by side, the biggest first, and nodes
 * without any line as a block at the end. Lines to unknown nodes are left out; circles are allowed.
 */
export function layOut(
  ids: readonly string[],
  lines: readonly Line[],
  size: Size,
  direction: Direction,
): Laid {
  const known = new Set(ids);
  const valid = lines.filter(({ from, to }) => known.has(from) && known.has(to) && from !== to);
  const most = ids.length > many ? carefulNodesOfMany : carefulNodes;
  const linked = partsOf(ids, valid);
  const alone = linked.filter((part) => part.ids.length === 1).map(({ ids: [id] }) => id!);
  const parts = linked.filter((part) => part.ids.length > 1)
    .map((part) => {
      const lay = part.ids.length > most ? layInRows : layWell;
      return lay(part.ids, part.lines, size, direction);
    })
    .sort((a, b) => b.width * b.height - a.width * a.height);
  if (alone.length > 0) parts.push(block(alone, size));
  const { places, bends, width, height } = pack(parts);
  const paths = new Map(
    valid.map((line) => [line.id, pathOf(line, places, bends.get(line.id) ?? [], size, direction)]),
  );
  return { places, paths, first: nearestToCorner(places), width, height };
}

interface Component {
  ids: string[];
  lines: Line[];
}

/** Connected parts, in the order of their first nodes. */
function partsOf(ids: readonly string[], lines: readonly Line[]): Component[] {
  const leader = new Map(ids.map((id) => [id, id]));
  const find = (id: string): string => {
    let top = id;
    while (leader.get(top) !== top) top = leader.get(top)!;
    for (let at = id; at !== top;) {
      const next = leader.get(at)!;
      leader.set(at, top);
      at = next;
    }
    return top;
  };
  for (const { from, to } of lines) leader.set(find(from), find(to));
  const parts = new Map<string, Component>();
  const partOf = (id: string): Component => {
    const top = find(id);
    if (!parts.has(top)) parts.set(top, { ids: [], lines: [] });
    return parts.get(top)!;
  };
  for (const id of ids) partOf(id).ids.push(id);
  for (const line of lines) partOf(line.from).lines.push(line);
  return [...parts.values()];
}

function layWell(
  ids: readonly string[],
  lines: readonly Line[],
  size: Size,
  direction: Direction,
): Part {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: direction === "right" ? "LR" : "TB",
    nodesep: gaps.beside,
    ranksep: gaps.ranks,
  });
  for (const id of ids) graph.setNode(id, { ...size });
  for (const { id, from, to } of lines) graph.setEdge(from, to, {}, id);
  layout(graph);
  const places = new Map<string, Point>();
  for (const id of ids) {
    const { x = 0, y = 0 } = graph.node(id) as Partial<Point>;
    places.set(id, { x: x - size.width / 2, y: y - size.height / 2 });
  }
  const bends = new Map<string, Point[]>();
  for (const { id, from, to } of lines) {
    const { points = [] } = (graph.edge(from, to, id) ?? {}) as { points?: Point[] };
    // A short line has one point in the middle, which only makes it crooked.
    if (points.length > 3) bends.set(id, points.slice(1, -1));
  }
  return moved({ places, bends, ...extentOf(places, size) }, cornerOf(places));
}

/** Nodes without lines, about as wide as a screen. */
function block(ids: readonly string[], size: Size): Part {
  const columns = Math.max(1, Math.min(6, Math.ceil(Math.sqrt(ids.length))));
  const places = new Map(ids.map((id, index): [string, Point] => [id, {
    x: (index % columns) * (size.width + gaps.beside),
    y: Math.floor(index / columns) * (size.height + gaps.beside),
  }]));
  return { places, bends: new Map(), ...extentOf(places, size) };
}

/** Puts parts into shelves, so that the whole is about as wide as it is high. */
function pack(parts: readonly Part[]): Part {
  const area = parts.reduce(
    (sum, part) => sum + (part.width + partGap) * (part.height + partGap),
    0,
  );
  const widest = Math.max(0, ...parts.map(({ width }) => width));
  const shelf = Math.max(widest, Math.sqrt(area) * 1.4);
  const places = new Map<string, Point>();
  const bends = new Map<string, Point[]>();
  let [x, y, high, width] = [0, 0, 0, 0];
  for (const part of parts) {
    if (x > 0 && x + part.width > shelf) {
      x = 0;
      y += high + partGap;
      high = 0;
    }
    const shifted = moved(part, { x: -x, y: -y });
    for (const [id, place] of shifted.places) places.set(id, place);
    for (const [id, points] of shifted.bends) bends.set(id, points);
    width = Math.max(width, x + part.width);
    high = Math.max(high, part.height);
    x += part.width + partGap;
  }
  return { places, bends, width, height: y + high };
}

function moved(part: Part, by: Point): Part {
  const move = ({ x, y }: Point): Point => ({ x: x - by.x, y: y - by.y });
  return {
    ...part,
    places: new Map([...part.places].map(([id, place]) => [id, move(place)])),
    bends: new Map([...part.bends].map(([id, points]) => [id, points.map(move)])),
  };
}

function cornerOf(places: ReadonlyMap<string, Point>): Point {
  let [x, y] = [Infinity, Infinity];
  for (const place of places.values()) [x, y] = [Math.min(x, place.x), Math.min(y, place.y)];
  return { x, y };
}

function extentOf(places: ReadonlyMap<string, Point>, size: Size): Size {
  const { x, y } = cornerOf(places);
  let [right, bottom] = [0, 0];
  for (const place of places.values()) {
    right = Math.max(right, place.x + size.width);
    bottom = Math.max(bottom, place.y + size.height);
  }
  return { width: right - x, height: bottom - y };
}

/** From the middle of one side to the middle of the other's, smoothly past the bends. */
function pathOf(
  { from, to }: Line,
  places: ReadonlyMap<string, Point>,
  bends: readonly Point[],
  { width, height }: Size,
  direction: Direction,
): string {
  const right = direction === "right";
  const [a, b] = [places.get(from)!, places.get(to)!];
  const start = right
    ? { x: a.x + width, y: a.y + height / 2 }
    : { x: a.x + width / 2, y: a.y + height };
  const end = right ? { x: b.x, y: b.y + height / 2 } : { x: b.x + width / 2, y: b.y };
  const at = ({ x, y }: Point) => `${Math.round(x)},${Math.round(y)}`;
  if (bends.length === 0) {
    const reach = Math.max(24, Math.abs(right ? end.x - start.x : end.y - start.y) / 2);
    const one = right ? { x: start.x + reach, y: start.y } : { x: start.x, y: start.y + reach };
    const two = right ? { x: end.x - reach, y: end.y } : { x: end.x, y: end.y - reach };
    return `M${at(start)} C${at(one)} ${at(two)} ${at(end)}`;
  }
  const points = [start, ...bends, end];
  let path = `M${at(start)}`;
  for (let index = 1; index < points.length - 1; index++) {
    const [here, next] = [points[index]!, points[index + 1]!];
    const last = index === points.length - 2;
    const stop = last ? end : { x: (here.x + next.x) / 2, y: (here.y + next.y) / 2 };
    path += ` Q${at(here)} ${at(stop)}`;
  }
  return path;
}

function nearestToCorner(places: ReadonlyMap<string, Point>): string | undefined {
  let [best, least] = [undefined as string | undefined, Infinity];
  for (const [id, { x, y }] of places) if (x + y < least) [best, least] = [id, x + y];
  return best;
}
