// Owns: the zod tree of `config.yaml` — which keys exist, what they hold and what they mean.

import * as z from "zod";
import { defaultConfig } from "./defaults.ts";

const { model, kanban, auxiliary, dashboard, agent } = defaultConfig;

function text(fallback: string, meaning: string) {
  return z.string().default(fallback).describe(meaning);
}

function flag(fallback: boolean, meaning: string) {
  return z.boolean().default(fallback).describe(meaning);
}

function whole(fallback: number, min: number, meaning: string) {
  return z.number().int().min(min).default(fallback).describe(meaning);
}

function slot(fallback: typeof auxiliary.kanban_decomposer, meaning: string) {
  return z.object({
    provider: text(fallback.provider, "Provider name, or auto for the main model's"),
    model: text(fallback.model, "Model name; empty means the main model"),
    base_url: text(fallback.base_url, "Endpoint; empty means the provider's own"),
    api_key: text(fallback.api_key, "API key; prefer api_key_env"),
    api_key_env: text(fallback.api_key_env, "Name of the environment variable with the API key"),
    timeout: z.number().positive().default(fallback.timeout).describe("Seconds per model call"),
    extra_body: z.record(z.string(), z.unknown()).default(fallback.extra_body)
      .describe("Fields added to the body of every request"),
  }).prefault({}).describe(meaning);
}

/** Every key of `config.yaml`; parsing `{}` yields all defaults. */
export const configSchema = z.object({
  model: z.object({
    provider: text(model.provider, "openai, openrouter, ollama, lmstudio, vllm or custom"),
    default: text(model.default, "Model name as the provider spells it"),
    base_url: text(model.base_url, "Endpoint; empty means the provider's own"),
    api_key_env: text(model.api_key_env, "Name of the environment variable with the API key"),
    api_key: text(model.api_key, "API key; prefer api_key_env"),
  }).prefault({}).describe("The main model"),

  kanban: z.object({
    dispatch_in_gateway: flag(kanban.dispatch_in_gateway, "Host the dispatcher in the gateway"),
    dispatch_interval_seconds: whole(
      kanban.dispatch_interval_seconds,
      1,
      "Seconds between ticks when nothing else wakes the dispatcher",
    ),
    failure_limit: whole(kanban.failure_limit, 1, "Failed runs before a task is given up"),
    orchestrator_profile: text(
      kanban.orchestrator_profile,
      "Profile that owns the root of a decomposition; empty means the active profile",
    ),
    default_assignee: text(
      kanban.default_assignee,
      "Profile for tasks nobody fits; empty means the active profile",
    ),
    auto_decompose: flag(kanban.auto_decompose, "Decompose triage tasks without being asked"),
    auto_decompose_per_tick: whole(
      kanban.auto_decompose_per_tick,
      0,
      "Triage tasks decomposed per tick at most, over all boards",
    ),
    auto_decompose_max_children: whole(
      kanban.auto_decompose_max_children,
      1,
      "Tasks a plan that nobody asked for may have; a larger one waits as a proposal",
    ),
    auto_decompose_max_depth: whole(
      kanban.auto_decompose_max_depth,
      0,
      "Decompositions inside one another: an idea from deeper inside waits for a person",
    ),
    auto_decompose_quiet_seconds: whole(
      kanban.auto_decompose_quiet_seconds,
      0,
      "Seconds since the last edit or comment before a task is decomposed without being asked",
    ),
    auto_promote_children: flag(
      kanban.auto_promote_children,
      "Let decomposed children start as soon as their parents allow; false holds them",
    ),
    claim_ttl_seconds: whole(kanban.claim_ttl_seconds, 1, "Seconds a claim lasts unless extended"),
    stale_heartbeat_seconds: whole(
      kanban.stale_heartbeat_seconds,
      1,
      "Seconds without a heartbeat after which a living worker counts as stuck",
    ),
    rate_limit_cooldown_seconds: whole(
      kanban.rate_limit_cooldown_seconds,
      0,
      "Seconds a task waits after its provider asked to slow down",
    ),
    max_in_progress: whole(kanban.max_in_progress, 1, "Workers running at once per board"),
    max_in_progress_per_profile: whole(
      kanban.max_in_progress_per_profile,
      0,
      "Workers running at once per profile; 0 means no limit",
    ),
    max_cost_per_day: z.number().min(0).default(kanban.max_cost_per_day).describe(
      "US dollars a board may cost in a day of UTC before no more workers are started; 0 means no limit",
    ),
    worker_log_rotate_bytes: whole(
      kanban.worker_log_rotate_bytes,
      1024,
      "Bytes after which a worker log is rotated; one older generation is kept",
    ),
    block_recurrence_limit: whole(
      kanban.block_recurrence_limit,
      1,
      "Blocks of the same kind after which a task goes back to triage",
    ),
    backup_keep_days: whole(
      kanban.backup_keep_days,
      0,
      "Days that a board's daily backups are kept; 0 makes none",
    ),
    trash_keep_days: whole(
      kanban.trash_keep_days,
      0,
      "Days that scratch folders stay in the trash before they are deleted",
    ),
  }).prefault({}).describe("The board, its dispatcher and its planner"),

  auxiliary: z.object({
    kanban_decomposer: slot(auxiliary.kanban_decomposer, "Splits a triage task into a graph"),
    profile_describer: slot(auxiliary.profile_describer, "Writes a profile's description"),
    triage_specifier: slot(auxiliary.triage_specifier, "Rewrites a triage task as one spec"),
    goal_judge: slot(auxiliary.goal_judge, "Decides whether a task's goal is reached"),
  }).prefault({}).describe("Models for side jobs; each falls back to the main model"),

  dashboard: z.object({
    enabled: flag(dashboard.enabled, "Serve the dashboard from the gateway"),
    port: z.number().int().min(0).max(65_535).default(dashboard.port)
      .describe("Port the dashboard is served at; 0 takes a free one"),
    kanban: z.object({
      default_tenant: text(dashboard.kanban.default_tenant, "Tenant preselected in the toolbar"),
      lane_by_profile: flag(dashboard.kanban.lane_by_profile, "Group running tasks by profile"),
      include_archived_by_default: flag(
        dashboard.kanban.include_archived_by_default,
        "Show archived tasks at first",
      ),
      render_markdown: flag(dashboard.kanban.render_markdown, "Render descriptions as Markdown"),
    }).prefault({}),
    plugins: z.object({
      kanban: z.object({
        enabled: flag(dashboard.plugins.kanban.enabled, "Show the Kanban tab"),
      }).prefault({}),
    }).prefault({}),
  }).prefault({}).describe("The dashboard in the browser"),

  agent: z.object({
    max_turns: whole(agent.max_turns, 1, "Model replies per run at most"),
    terminal_timeout_seconds: whole(agent.terminal_timeout_seconds, 1, "Seconds per command"),
    max_output_bytes: whole(agent.max_output_bytes, 256, "Bytes of output shown to the model"),
    request_timeout_seconds: whole(agent.request_timeout_seconds, 1, "Seconds per model call"),
    max_retries: whole(agent.max_retries, 0, "Retries of a model call that failed for a while"),
    heartbeat_seconds: whole(agent.heartbeat_seconds, 1, "Seconds between automatic heartbeats"),
    context_window: whole(
      agent.context_window,
      0,
      "Tokens the model reads at most; 0 guesses by its name",
    ),
    compact_at: z.number().min(0.2).max(1).default(agent.compact_at)
      .describe("Share of the window beyond which older turns are summarised"),
  }).prefault({}).describe("The built-in worker"),

  prices: z.record(
    z.string(),
    z.object({
      input_per_million: z.number().min(0).describe("Price of a million input tokens"),
      output_per_million: z.number().min(0).describe("Price of a million output tokens"),
      cached_input_per_million: z.number().min(0).optional()
        .describe("Price of a million input tokens that the provider had cached; else as input"),
    }),
  ).default(defaultConfig.prices).describe(
    "Price in US dollars per model name; a name that ends in * stands for all that begin so",
  ),

  worker: z.union([z.string(), z.record(z.string(), z.unknown())]).default(defaultConfig.worker)
    .describe("What works as a profile: builtin, the name of a lane, or a manifest"),

  toolsets: z.array(z.string()).default(defaultConfig.toolsets)
    .describe("Tool families a profile may use; an empty list means all but kanban"),

  env_passthrough: z.array(z.string()).default(defaultConfig.env_passthrough)
    .describe("Variables of the gateway's environment that workers get besides the harmless ones"),
});

/** The whole configuration with every default filled in. */
export type Config = z.infer<typeof configSchema>;

/** Name of an auxiliary model slot. */
export type AuxiliarySlot = keyof Config["auxiliary"];

/** The configuration as a JSON Schema document, for editors. */
export function configJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(configSchema, { io: "input" });
}
