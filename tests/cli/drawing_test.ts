// Owns: the proof that graphs are drawn as they are, in text, for Graphviz and for Mermaid.

import assert from "node:assert/strict";
import { toDot, toMermaid } from "../../src/cli/drawing/diagram.ts";
import { drawRails, iconPlace } from "../../src/cli/drawing/rails.ts";
import { text } from "../../src/cli/render/graph.ts";
import type { Screen } from "../../src/cli/terminal.ts";
import type { GraphOutput } from "../../src/ops/views/graph.ts";

const screen: Screen = { width: Infinity, now: 0, paint: (_colour, words) => words };

/** The rails of `order` with links as `ab`, tasks by their letters. */
function rails(order: string, links: string): string {
  const edges = links.split(" ").filter((pair) => pair !== "")
    .map((pair) => ({ parent: pair[0]!, child: pair[1]! }));
  const { lines } = drawRails([...order], edges);
  return lines.map(({ id, rails }) => rails.replace(iconPlace, id ?? "")).join("\n");
}

Deno.test("drawRails() draws chains, forks, joins and what crosses", () => {
  assert.equal(rails("abc", "ab bc"), "a\nb\nc");
  assert.equal(rails("abcd", "ab ac bd cd"), ["a", "├─╮", "b │", "│ c", "├─╯", "d"].join("\n"));
  assert.equal(rails("abc", "ac bc"), ["a", "│ b", "├─╯", "c"].join("\n"));
  assert.equal(rails("abcd", "ab ac ad"), ["a", "├─┬─╮", "b │ │", "  c │", "    d"].join("\n"));
  assert.equal(
    rails("abcde", "ad be cd"),
    ["a", "│ b", "│ │ c", "├─│─╯", "d │", "  e"].join("\n"),
    "the rail to e is crossed, not joined",
  );
  assert.equal(rails("ab", ""), "a\nb", "no links, no rails");
});

/** A graph of tasks `n0`, `n1`, …; links as pairs of numbers. */
function graph(
  size: number,
  links: [number, number][],
  more: Partial<GraphOutput> = {},
): GraphOutput {
  return {
    format: "ascii",
    root: null,
    nodes: Array.from({ length: size }, (_, n) => ({
      id: `n${n}`,
      title: `task ${n}`,
      status: "todo",
      assignee: null,
      critical: false,
    })),
    edges: links.map(([parent, child]) => ({
      parent: `n${parent}`,
      child: `n${child}`,
      waived: false,
      implied: false,
    })),
    critical_path: [],
    cyclic: [],
    ...more,
  };
}

Deno.test("graph names the parents when there are too many rails to follow", () => {
  const fan = text(graph(20, Array.from({ length: 18 }, (_, n) => [0, n + 1])), screen);
  assert.equal(fan.split("\n").filter((line) => line.endsWith("← n0")).length, 18);
  assert.match(fan, /1 task without links left out$/);
  const join = text(graph(20, Array.from({ length: 18 }, (_, n) => [n, 18])), screen);
  assert.ok(!join.includes("←"), "rails to one task are one");
});

Deno.test("graph shows circles and implied links without drawing them, and marks the critical path", () => {
  const circle = graph(3, [[0, 1], [1, 2], [2, 1]], { cyclic: ["n1", "n2"] });
  const drawn = text(circle, screen);
  assert.match(drawn, /n1.*← n0 n2\n.*n2.*← n1\n/);
  assert.match(drawn, /2 tasks in or below a circle: n1 n2/);
  const triangle = graph(3, [[0, 1], [1, 2], [0, 2]], { critical_path: ["n0", "n1", "n2"] });
  triangle.edges[2]!.implied = true;
  for (const node of triangle.nodes) node.critical = true;
  assert.match(
    text(triangle, screen),
    /^◻ {2}n0 \* .*\n◻ {2}n1 \* .*\n◻ {2}n2 \* .*\n\n\* critical path: 3 open/,
  );
  assert.equal(text(graph(0, []), screen), "(no tasks)");
  assert.deepEqual(JSON.parse(text({ ...circle, format: "json" }, screen)).cyclic, ["n1", "n2"]);
});

Deno.test("S-027 dot and mermaid take any title, id and status for text", () => {
  const odd = graph(2, [[0, 1]], { critical_path: ['"]; x', "n1"] });
  const [first, second] = odd.nodes;
  Object.assign(first!, {
    id: '"]; x',
    title: 'a "b" \\ </x> #1; {c}|\u001b[31m 東京',
    status: "in review!",
  });
  odd.edges[0]!.parent = '"]; x';
  odd.edges[0]!.waived = true;
  second!.critical = true;
  const dot = toDot(odd).split("\n");
  assert.equal(
    dot[2],
    '  "\\"]; x" [label="a \\"b\\" \\\\ </x> #1; {c}| 東京\\n\\"]; x (in review!)", fillcolor="#ffffff"];',
  );
  assert.match(dot[4]!, /^ {2}"\\"\]; x" -> "n1" \[color=red, penwidth=2, style=dashed\];$/);
  const mermaid = toMermaid(odd).split("\n");
  assert.equal(
    mermaid[1],
    '  n0["a #34;b#34; #92; #60;#47;x#62; #35;1#59; #123;c#125;#124; 東京<br/>#34;#93;#59; x"]:::other0',
  );
  assert.equal(mermaid[3], "  n0 -.-> n1");
});
