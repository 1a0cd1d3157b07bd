// Owns: the text of `graph`.

import { plural } from "../../base/text.ts";
import type { GraphOutput } from "../../ops/views/graph.ts";
import { toDot, toMermaid } from "../drawing/diagram.ts";
import { drawRails, iconPlace, type RailLine } from "../drawing/rails.ts";
import { table } from "../table.ts";
import { oneLine, type Screen } from "../terminal.ts";
import { name, statusIcon, statusWord } from "./words.ts";

type Node = GraphOutput["nodes"][number];

/** More rails than this side by side cannot be followed: the parents are named instead. */
const railLimit = 12;

export function text(graph: GraphOutput, screen: Screen): string {
  switch (graph.format) {
    case "json": {
      const { format: _format, ...rest } = graph;
      return JSON.stringify(rest, null, 2);
    }
    case "dot":
      return toDot(graph);
    case "mermaid":
      return toMermaid(graph);
    default:
      return ascii(graph, screen);
  }
}

function ascii(graph: GraphOutput, screen: Screen): string {
  if (graph.nodes.length === 0) return "(no tasks)";
  const cyclic = new Set(graph.cyclic);
  const linked = new Set(graph.edges.flatMap(({ parent, child }) => [parent, child]));
  const shown = graph.nodes.filter(({ id }) => linked.has(id) || id === graph.root);
  const drawn = graph.edges.filter(({ child, implied }) => !implied && !cyclic.has(child));
  const order = shown.filter(({ id }) => !cyclic.has(id)).map(({ id }) => id);
  const rails = drawRails(order, drawn);
  const followable = rails.width <= railLimit;
  const lines: RailLine[] = [
    ...(followable ? rails.lines : order.map((id) => ({ id, rails: iconPlace }))),
    ...graph.cyclic.map((id) => ({ id, rails: iconPlace })),
  ];
  const parents = Map.groupBy(graph.edges, ({ child }) => child);
  const byId = new Map(shown.map((node) => [node.id, node]));
  const rows = lines.flatMap(({ id, rails }) => {
    const node = id === null ? undefined : byId.get(id);
    if (!node) return [];
    const named = !followable || cyclic.has(node.id)
      ? (parents.get(node.id) ?? []).map(({ parent }) => parent)
      : [];
    return [cellsOf(node, rails, named, screen)];
  });
  const texts = table(rows, screen.width);
  return [
    ...lines.map((line) => line.id === null ? line.rails : texts.shift()!),
    ...remarks(graph, graph.nodes.length - shown.length, screen),
  ].join("\n");
}

function cellsOf(node: Node, rails: string, parents: string[], screen: Screen): string[] {
  const { id, title, status, assignee, critical } = node;
  const named = parents.slice(0, 4).join(" ") +
    (parents.length > 4 ? ` +${parents.length - 4}` : "");
  return [
    rails.replace(iconPlace, statusIcon(status, screen)),
    `${id} ${critical ? screen.paint("red", "*") : " "}`,
    statusWord(status, screen),
    name(assignee),
    oneLine(title) + (named === "" ? "" : `  ← ${named}`),
  ];
}

function remarks(graph: GraphOutput, left: number, screen: Screen): string[] {
  const { critical_path, cyclic } = graph;
  const said = [
    ...(critical_path.length > 1
      ? [`* critical path: ${critical_path.length} open tasks, one after the other`]
      : []),
    ...(cyclic.length > 0
      ? [`${plural(cyclic.length, "task")} in or below a circle: ${cyclic.join(" ")}`]
      : []),
    ...(left > 0 ? [`${plural(left, "task")} without links left out`] : []),
  ];
  return said.length > 0 ? ["", ...said.map((line) => screen.paint("dim", line))] : [];
}
