// Owns: the operation `settings`: what the dashboard shows at first.

import * as z from "zod";
import { defineOp, type OutputOf } from "../define.ts";

export const settings = defineOp({
  name: "settings",
  group: "kanban",
  summary: "Show how the dashboard is configured",
  actors: ["human", "system"],
  input: z.object({}),
  output: z.object({
    default_tenant: z.string(),
    lane_by_profile: z.boolean(),
    include_archived_by_default: z.boolean(),
    render_markdown: z.boolean(),
  }),
  http: { method: "GET", path: "/config" },
  async run(context) {
    const { config } = await context.config();
    const { default_tenant, lane_by_profile, include_archived_by_default, render_markdown } =
      config.dashboard.kanban;
    return { default_tenant, lane_by_profile, include_archived_by_default, render_markdown };
  },
});

export type SettingsOutput = OutputOf<typeof settings>;
