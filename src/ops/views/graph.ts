// Owns: the operation `graph`.

import * as z from "zod";
import { essentialEdges } from "../../kernel/graph_shape.ts";
import { readGraph } from "../../kernel/task_graph.ts";
import { defineOp, type OutputOf } from "../define.ts";

export const graph = defineOp({
  name: "graph",
  group: "kanban",
  summary: "Draw what waits for what: the tasks connected with one task, or the whole board",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({
    task_id: z.string().min(1).optional()
      .describe("A task of the graph; without it, the whole board is drawn"),
    format: z.enum(["ascii", "dot", "mermaid", "json"]).default("ascii")
      .describe("How it is drawn"),
    include_archived: z.boolean().default(false)
      .describe("Draw archived tasks of the whole board too"),
  }),
  output: z.object({
    format: z.string(),
    root: z.string().nullable(),
    nodes: z.array(z.object({
      id: z.string(),
      title: z.string(),
      status: z.string(),
      assignee: z.string().nullable(),
      critical: z.boolean().describe("On the critical path"),
    })).describe("Parents before children; tasks of a circle last"),
    edges: z.array(z.object({
      parent: z.string(),
      child: z.string().describe("Waits for the parent"),
      waived: z.boolean().describe("A person let the child start without this parent"),
      implied: z.boolean().describe("A longer way says the same; drawings may leave it out"),
    })),
    critical_path: z.array(z.string()).describe("The longest chain of open tasks, first to last"),
    cyclic: z.array(z.string())
      .describe("Tasks that wait for one another in a circle; only foreign programs make those"),
  }),
  cli: {
    args: ["task_id"],
    fields: { task_id: { name: "id" }, include_archived: { flag: "archived" } },
    examples: [
      "hermes kanban graph t_1a2b3c4d",
      "hermes kanban graph --format mermaid",
      "hermes kanban graph t_1a2b3c4d --format dot",
    ],
  },
  http: [
    { method: "GET", path: "/graph", omit: ["format", "task_id"], fresh: true },
    { method: "GET", path: "/tasks/:task_id/graph", omit: ["format"], fresh: true },
  ],
  async run(context, input) {
    const root = input.task_id ?? null;
    const made = await readGraph(await context.board(), root, input.include_archived);
    const byId = new Map(made.nodes.map((node) => [node.id, node]));
    const critical = new Set(made.criticalPath);
    const essential = new Set(essentialEdges(made.order, made.edges));
    return {
      format: input.format,
      root,
      nodes: [...made.order, ...made.cyclic].map((id) => {
        const { title, status, assignee } = byId.get(id)!;
        return { id, title, status, assignee, critical: critical.has(id) };
      }),
      edges: made.edges.map((edge) => ({ ...edge, implied: !essential.has(edge) })),
      critical_path: made.criticalPath,
      cyclic: made.cyclic,
    };
  },
});

export type GraphOutput = OutputOf<typeof graph>;
