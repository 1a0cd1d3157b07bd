// Owns: the name of every environment variable hermes reads or hands to a child process.

/** Environment variables by what they mean. Empty values count as unset everywhere. */
export const envNames = {
  /** The user's home folder; `~/.hermes` hangs below it. */
  userHome: "HOME",
  /** Replaces `~/.hermes`; may also be `<root>/profiles/<name>`, which selects that profile. */
  home: "HERMES_HOME",
  /** Name of the profile a process runs as. */
  profile: "HERMES_PROFILE",
  /** Tenant of the worker's task; only set when the task has one. */
  tenant: "HERMES_TENANT",
  /** Path of the program that re-runs hermes. */
  bin: "HERMES_BIN",
  /** Private mark of one run, inherited by all its descendants so that strays can be found. */
  runMarker: "HERMES_RUN_MARKER",

  /** Overrides `model.default`. */
  model: "HERMES_MODEL",
  /** Overrides `model.provider`. */
  modelProvider: "HERMES_MODEL_PROVIDER",
  /** Overrides `model.base_url`. */
  modelBaseUrl: "HERMES_MODEL_BASE_URL",
  /** Overrides `model.api_key_env`: the name of the variable that holds the key, not the key. */
  modelApiKeyEnv: "HERMES_MODEL_API_KEY_ENV",

  /** Pins the root folder of the board whatever `HERMES_HOME` says. */
  kanbanHome: "HERMES_KANBAN_HOME",
  /** Slug of the board. */
  kanbanBoard: "HERMES_KANBAN_BOARD",
  /** Pins the database file. */
  kanbanDb: "HERMES_KANBAN_DB",
  /** Pins the folder of the scratch workspaces. */
  kanbanWorkspacesRoot: "HERMES_KANBAN_WORKSPACES_ROOT",
  /** Pins the folder of the attachments. */
  kanbanAttachmentsRoot: "HERMES_KANBAN_ATTACHMENTS_ROOT",
  /** Id of the task a worker was started for. */
  kanbanTask: "HERMES_KANBAN_TASK",
  /** Id of the run a worker was started for; every write it makes carries this number. */
  kanbanRunId: "HERMES_KANBAN_RUN_ID",
  /** Folder the worker works in. */
  kanbanWorkspace: "HERMES_KANBAN_WORKSPACE",
  /** Git branch checked out in the workspace, for worktree tasks. */
  kanbanBranch: "HERMES_KANBAN_BRANCH",
  /** Claim lock of the worker's run. */
  kanbanClaimLock: "HERMES_KANBAN_CLAIM_LOCK",
  /** `1` when the worker's task is in goal mode. */
  kanbanGoalMode: "HERMES_KANBAN_GOAL_MODE",
  /** Times the judge may say no in one attempt. */
  kanbanGoalMaxTurns: "HERMES_KANBAN_GOAL_MAX_TURNS",
  /** How often a worker that stops without a word is reminded, 0 to 2. */
  kanbanStopNudge: "HERMES_KANBAN_STOP_NUDGE",
  /** Set for commands that a worker's model runs: 1, and one more for each agent started by such a command. */
  kanbanTerminal: "HERMES_KANBAN_TERMINAL",
  /** `0` keeps the gateway from hosting a dispatcher; wins over the config file. */
  kanbanDispatchInGateway: "HERMES_KANBAN_DISPATCH_IN_GATEWAY",
  /** Overrides `kanban.claim_ttl_seconds`. */
  kanbanClaimTtlSeconds: "HERMES_KANBAN_CLAIM_TTL_SECONDS",
  /** Overrides `kanban.rate_limit_cooldown_seconds`. */
  kanbanRateLimitCooldownSeconds: "HERMES_KANBAN_RATE_LIMIT_COOLDOWN_SECONDS",
  /** Most tokens of the specifier's answer; 4000 when unset. */
  kanbanSpecifyMaxTokens: "HERMES_KANBAN_SPECIFY_MAX_TOKENS",

  /** Overrides `dashboard.port`. */
  dashboardPort: "HERMES_DASHBOARD_PORT",
  /** The dashboard's session token, instead of one that is made at every start. */
  dashboardToken: "HERMES_DASHBOARD_TOKEN",

  /** Any value turns coloured output off. */
  noColor: "NO_COLOR",
} as const;

/** The environment as a plain value; functions take it as a parameter. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** How many agents of a run stand above this process: 0 for its worker, and outside of runs. */
export function terminalDepth(env: Environment): number {
  const depth = Number(envValue(env, envNames.kanbanTerminal) ?? 0);
  return Number.isSafeInteger(depth) && depth > 0 ? depth : 0;
}

/** The value of `name`, or undefined when it is unset, empty or blank. */
export function envValue(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value ? value : undefined;
}
