// Owns: the default value of every configuration key, as plain data that costs nothing to import.

/** Settings of an auxiliary model slot before the user says anything. */
function auxiliarySlot(timeoutSeconds: number) {
  return {
    provider: "auto",
    model: "",
    base_url: "",
    api_key: "",
    api_key_env: "",
    timeout: timeoutSeconds,
    extra_body: {} as Record<string, unknown>,
  };
}

/** The configuration of a home that has no `config.yaml`. Meaning and units: see `schema.ts`. */
export const defaultConfig = {
  model: { provider: "", default: "", base_url: "", api_key_env: "", api_key: "" },
  kanban: {
    dispatch_in_gateway: true,
    dispatch_interval_seconds: 60,
    failure_limit: 3,
    orchestrator_profile: "",
    default_assignee: "",
    auto_decompose: true,
    auto_decompose_per_tick: 3,
    auto_decompose_max_children: 12,
    auto_decompose_max_depth: 2,
    auto_decompose_quiet_seconds: 10,
    auto_promote_children: true,
    claim_ttl_seconds: 900,
    stale_heartbeat_seconds: 3600,
    rate_limit_cooldown_seconds: 300,
    max_in_progress: 8,
    max_in_progress_per_profile: 0,
    max_cost_per_day: 0,
    worker_log_rotate_bytes: 2_097_152,
    block_recurrence_limit: 2,
    backup_keep_days: 7,
    trash_keep_days: 7,
  },
  auxiliary: {
    kanban_decomposer: auxiliarySlot(180),
    profile_describer: auxiliarySlot(60),
    triage_specifier: auxiliarySlot(120),
    goal_judge: auxiliarySlot(90),
  },
  dashboard: {
    enabled: true,
    port: 9119,
    kanban: {
      default_tenant: "",
      lane_by_profile: true,
      include_archived_by_default: false,
      render_markdown: true,
    },
    plugins: { kanban: { enabled: true } },
  },
  agent: {
    max_turns: 60,
    terminal_timeout_seconds: 120,
    max_output_bytes: 30_000,
    request_timeout_seconds: 120,
    max_retries: 4,
    heartbeat_seconds: 60,
    context_window: 0,
    compact_at: 0.75,
  },
  prices: {} as Record<
    string,
    { input_per_million: number; output_per_million: number; cached_input_per_million?: number }
  >,
  worker: "builtin" as string | Record<string, unknown>,
  toolsets: [] as string[],
  env_passthrough: [] as string[],
};
