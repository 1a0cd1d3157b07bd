// Owns: the operation `model-options`.

import * as z from "zod";
import { providers } from "../../config/providers.ts";
import { modelOverrides } from "../../kernel/model_overrides.ts";
import { defineOp, type OutputOf } from "../define.ts";

const maybe = z.string().nullable();

export const modelOptions = defineOp({
  name: "model-options",
  group: "kanban",
  summary: "List the models that are configured or in use, to choose one for a task",
  actors: ["human", "worker", "orchestrator", "system"],
  input: z.object({}),
  output: z.object({
    main: z.object({ model: maybe, provider: maybe }).describe("What workers use by default"),
    models: z.array(z.string()).describe("Names known from the configuration and the board"),
    providers: z.array(z.string()),
    overrides: z.array(z.object({
      model: maybe,
      provider: maybe,
      tasks: z.number().int().describe("Tasks that are not archived with this choice"),
    })).describe("What tasks chose, the most common first"),
  }),
  cli: { examples: ["hermes kanban model-options"] },
  http: { method: "GET", path: "/model-options" },
  async run(context) {
    const { config } = await context.config();
    const overrides = await modelOverrides(await context.board());
    const { model, auxiliary, prices } = config;
    const named = [
      model.default,
      ...Object.values(auxiliary).map((slot) => slot.model),
      ...overrides.map((each) => each.model ?? ""),
      // A price for a whole family is no model.
      ...Object.keys(prices).filter((name) => !name.endsWith("*")),
    ];
    return {
      main: { model: model.default || null, provider: model.provider || null },
      models: [...new Set(named.filter((name) => name !== ""))],
      providers: Object.keys(providers),
      overrides,
    };
  },
});

export type ModelOptionsOutput = OutputOf<typeof modelOptions>;
