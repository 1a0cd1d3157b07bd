// Owns: a board, a team and a model that answers as told, for tests of the planner.

import { join } from "node:path";
import { defaultConfig } from "../../src/config/defaults.ts";
import { resolvePaths } from "../../src/config/paths.ts";
import type { Paths } from "../../src/config/paths.ts";
import type { Config } from "../../src/config/schema.ts";
import type { ChatRequest, ModelReply } from "../../src/llm/messages.ts";
import type { ModelSettings } from "../../src/llm/model_settings.ts";
import type { PlannerDeps } from "../../src/planner/decompose.ts";
import { createProfile } from "../../src/profiles/create.ts";
import { withBoard } from "../kernel/board_fixture.ts";
import type { TestBoard } from "../kernel/board_fixture.ts";

/** What a scripted model does with a request. */
export type Script = (request: ChatRequest, settings: ModelSettings) => string | Promise<string>;

export class PlannerWorld {
  readonly t: TestBoard;
  readonly paths: Paths;
  readonly config: Config = structuredClone(defaultConfig);
  readonly requests: ChatRequest[] = [];
  /** Every profile. */
  readonly names: readonly string[] = ["default", "lead", "researcher", "writer"];
  script: Script = () => "";

  constructor(t: TestBoard, paths: Paths) {
    this.t = t;
    this.paths = paths;
    Object.assign(this.config.model, { provider: "ollama", default: "m" });
  }

  createClient = (settings: ModelSettings) => ({
    chat: async (request: ChatRequest): Promise<ModelReply> => {
      this.requests.push(request);
      const text = await this.script(request, settings);
      const usage = { inputTokens: 1, outputTokens: 1 };
      return { text, toolCalls: [], usage, model: "m", finishReason: "stop" };
    },
  });

  /** What `decomposeTask` takes; the model answers `answer` when one is given. */
  deps(answer?: unknown): PlannerDeps {
    if (answer !== undefined) {
      this.script = () => typeof answer === "string" ? answer : JSON.stringify(answer);
    }
    const { config, paths, createClient } = this;
    return { board: this.t.board, config, paths, env: {}, createClient };
  }

  idea(title = "an idea", more: Parameters<TestBoard["add"]>[0] = {}): Promise<string> {
    return this.t.add({ title, triage: true, ...more });
  }
}

/** Runs `body` on a fresh board with the profiles researcher, writer and lead (undescribed). */
export async function withPlanner(body: (world: PlannerWorld) => Promise<void>): Promise<void> {
  await withBoard(async (t) => {
    const paths = resolvePaths({ HERMES_HOME: join(t.dir, "home") });
    await createProfile(paths, { name: "researcher", description: "Finds facts" });
    await createProfile(paths, { name: "writer", description: "Writes prose" });
    await createProfile(paths, { name: "lead" });
    await body(new PlannerWorld(t, paths));
  });
}

/** A fan-out answer of the given tasks. */
export function fanout(
  ...tasks: { title: string; assignee?: unknown; parents?: unknown; body?: string }[]
): Record<string, unknown> {
  return { fanout: true, rationale: "because", tasks };
}
