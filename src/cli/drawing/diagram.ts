// Owns: a graph in the languages of Graphviz and Mermaid. Pure.

import type { GraphOutput } from "../../ops/views/graph.ts";
import { oneLine } from "../terminal.ts";

const fills: Record<string, string> = {
  triage: "#e9d5ff",
  todo: "#e5e7eb",
  ready: "#bfdbfe",
  running: "#fde68a",
  blocked: "#fecaca",
  done: "#bbf7d0",
  archived: "#f3f4f6",
};

const unknownFill = "#ffffff";

/** The graph for `dot`; the critical path is red, waived links are dashed. */
export function toDot({ nodes, edges, critical_path }: GraphOutput): string {
  const critical = linksOf(critical_path);
  return [
    "digraph kanban {",
    '  node [shape=box, style="rounded,filled", fontname="sans-serif"];',
    ...nodes.map(({ id, title, status, critical }) =>
      `  ${dotText(id)} [label=${dotText(`${oneLine(title)}\n${id} (${status})`)}, ` +
      `fillcolor="${fills[status] ?? unknownFill}"${critical ? ", color=red, penwidth=2" : ""}];`
    ),
    ...edges.map(({ parent, child, waived }) => {
      const looks = [
        ...(critical.has(`${parent}\0${child}`) ? ["color=red", "penwidth=2"] : []),
        ...(waived ? ["style=dashed"] : []),
      ];
      const attributes = looks.length > 0 ? ` [${looks.join(", ")}]` : "";
      return `  ${dotText(parent)} -> ${dotText(child)}${attributes};`;
    }),
    "}",
  ].join("\n");
}

/** The graph for Mermaid; links of the critical path are thick, waived ones dotted. */
export function toMermaid({ nodes, edges, critical_path }: GraphOutput): string {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const critical = linksOf(critical_path);
  const statuses = [...new Set(nodes.map(({ status }) => status))];
  return [
    "flowchart TD",
    ...nodes.map(({ id, title, status }) =>
      `  ${names.get(id)}["${mermaidText(oneLine(title))}<br/>${mermaidText(id)}"]` +
      `:::${className(statuses, status)}`
    ),
    ...edges.map(({ parent, child, waived }) => {
      const arrow = waived ? "-.->" : critical.has(`${parent}\0${child}`) ? "==>" : "-->";
      return `  ${names.get(parent)} ${arrow} ${names.get(child)}`;
    }),
    ...statuses.map((status) =>
      `  classDef ${className(statuses, status)} fill:${fills[status] ?? unknownFill},color:#111`
    ),
  ].join("\n");
}

/** The links between neighbours of a path. */
function linksOf(path: readonly string[]): Set<string> {
  return new Set(path.slice(1).map((id, index) => `${path[index]}\0${id}`));
}

function dotText(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}

/** Everything but letters, digits and spaces as an entity: titles may hold any sign of the language. */
function mermaidText(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{M} _.,:!?-]/gu, (sign) => `#${sign.codePointAt(0)};`);
}

/** Statuses of foreign programs may be no words at all. */
function className(statuses: readonly string[], status: string): string {
  return status in fills ? status : `other${statuses.indexOf(status)}`;
}
