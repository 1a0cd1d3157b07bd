// Owns: the operation `assignees`.

import * as z from "zod";
import { getStats } from "../../kernel/detail.ts";
import { defineOp, type OutputOf } from "../define.ts";

export const assignees = defineOp({
  name: "assignees",
  group: "kanban",
  summary: "List who has tasks and who could get some",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({}),
  output: z.object({
    assignees: z.array(z.object({
      name: z.string(),
      on_disk: z.boolean().describe("True when it is a profile whose workers can be started"),
      counts: z.record(z.string(), z.number()).describe("Tasks per status, archived ones left out"),
    })),
  }),
  cli: {
    pick: "assignees",
    examples: ["hermes kanban assignees", "hermes kanban assignees --json"],
  },
  http: { method: "GET", path: "/assignees" },
  async run(context) {
    const profiles = await context.profiles();
    const { by_assignee } = await getStats(await context.board());
    const names = new Set([...profiles, ...Object.keys(by_assignee).filter((name) => name !== "")]);
    return {
      assignees: [...names].sort().map((name) => ({
        name,
        on_disk: profiles.includes(name),
        counts: by_assignee[name] ?? {},
      })),
    };
  },
});

export type AssigneesOutput = OutputOf<typeof assignees>;
