// Owns: what an operation may use — the board, the paths, who is asking — and opening it.

import type { Clock } from "../base/clock.ts";
import { systemClock } from "../base/clock.ts";
import { errorText, HermesError } from "../base/errors.ts";
import { type Log, silentLog } from "../base/log.ts";
import { resolveActivePaths } from "../config/active_profile.ts";
import { type Environment, envNames, envValue, terminalDepth } from "../config/env_names.ts";
import type { LoadedConfig } from "../config/load.ts";
import {
  bindBoard,
  type BoardPaths,
  boardPaths,
  normalizeBoardSlug,
  type Paths,
} from "../config/paths.ts";
import { boardPlaces } from "./board_places.ts";
import type { DispatcherDeps } from "../dispatcher/deps.ts";
import type { Board } from "../kernel/board.ts";
import { boardExists, currentBoard, unknownBoard } from "../kernel/boards.ts";
import type { Policy } from "../kernel/lifecycle/decision.ts";

/** Who may ask for something. An orchestrator is an agent that may also steer other agents' tasks. */
export type ActorKind = "human" | "worker" | "orchestrator" | "system";

/** Who asks. */
export interface Actor {
  kind: ActorKind;
  /** Goes into `created_by` and comment authors. */
  name: string;
  /** The task an agent was started for. */
  taskId: string | null;
  /** The run an agent was started for; all it writes is refused once that run is closed. */
  runId: number | null;
  /** Started by a worker as its helper: it may only read the board. */
  delegated?: boolean;
}

/** What operations need of the machine; `app` fills it in. */
export interface HostPorts {
  hostName(): string;
  self(): DispatcherDeps["self"];
  /** The words that start this program again. */
  selfCommand(): string[];
  environment(): Record<string, string>;
  exists(path: string): Promise<boolean>;
  /** Null when the file does not exist. */
  readText(path: string): Promise<string | null>;
  /** The end of a file, at most `maxBytes` bytes; empty when it does not exist. */
  tail(path: string, maxBytes: number): Promise<{ text: string; size: number; truncated: boolean }>;
  /** Whether this process descends from the run with this marker. */
  startedByRun?(marker: string): boolean;
  /** Tells a person at a terminal what takes so long; null when it is over. */
  showProgress?(text: string | null): void;
  /** Writes this process's id to a file; `release` removes it. */
  pidFile(path: string): Promise<{ release(): Promise<void> }>;
  /**
   * Lets the person at the terminal change a text; null when nobody sits there. The file at `path` stays
   * until it is discarded.
   */
  editText(
    text: string,
    name: string,
  ): Promise<{ text: string; path: string; discard(): Promise<void> } | null>;
  /** Rejects when `signal` is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The world of one operation. Everything costly is opened on first use. */
export interface OpContext {
  paths: Paths;
  boardPaths: BoardPaths;
  env: Environment;
  actor: Actor;
  host: HostPorts;
  clock: Clock;
  log: Log;
  /** The board; opened, and created where the operation may create it, on the first call. */
  board(): Promise<Board>;
  /** The configuration of the active profile. */
  config(): Promise<LoadedConfig>;
  /** Names of all profiles on disk. */
  profiles(): Promise<string[]>;
  /** Whether the asking agent may steer other agents' tasks. */
  mayOrchestrate(): Promise<boolean>;
  close(): Promise<void>;
}

export interface ContextOptions {
  env: Environment;
  host: HostPorts;
  log: Log;
  clock?: Clock;
  /** Overrides who is asking; by default the environment tells, see {@link actorFrom}. */
  actor?: Actor;
  profile?: string;
  /** Slug of the board as typed. */
  board?: string;
  /** Creates a named board that does not exist yet. */
  createBoard?: boolean;
  /** Hears what the database has to say about itself; only long-running processes want to know. */
  engineLog?: Log;
  /** Limits of the board, for processes that follow edits of the configuration. */
  policy?: () => Policy;
}

/**
 * Prepares the world of an operation. No file is opened yet.
 *
 * @throws HermesError `usage` for a malformed profile or board name.
 */
export async function openContext(options: ContextOptions): Promise<OpContext> {
  const { profile, board } = options;
  const resolved = await resolveActivePaths(options.env, { profile, board });
  const paths = await followCurrentBoard(resolved, options);
  const env = await withEnvFiles(options, paths);
  return new Context({ ...options, env }, paths);
}

/** The environment and what the profile's `.env` files add. One that cannot be read keeps nobody from the board. */
async function withEnvFiles(
  { env, log }: Pick<ContextOptions, "env" | "log">,
  { root, profile }: Paths,
): Promise<Environment> {
  const { profileEnvFiles } = await import("../profiles/env_file.ts");
  try {
    return { ...env, ...(await profileEnvFiles(root, profile)).values };
  } catch (thrown) {
    log.warn(errorText(thrown));
    return env;
  }
}

/**
 * Whom the environment speaks for: the worker of a task, else the person named `humanName`.
 *
 * @throws HermesError `usage` when the run id is not a number.
 */
export function actorFrom(env: Environment, humanName: string): Actor {
  const taskId = envValue(env, envNames.kanbanTask) ?? null;
  if (taskId === null) return { kind: "human", name: humanName, taskId: null, runId: null };
  const run = envValue(env, envNames.kanbanRunId);
  const runId = run === undefined ? null : Number(run);
  if (runId !== null && !Number.isInteger(runId)) {
    throw new HermesError("usage", `Cannot read run id "${run}": expected a whole number`, {
      remedy: `Unset ${envNames.kanbanRunId}, or set it to the number of the run.`,
    });
  }
  const name = envValue(env, envNames.profile) ?? "worker";
  // One deep are the worker's own commands; what is deeper, an agent between them runs.
  const delegated = terminalDepth(env) > 1 ? { delegated: true } : {};
  return { kind: "worker", name, taskId, runId, ...delegated };
}

/**
 * Without a board named on the spot, a command goes to that of the environment, else to the one chosen
 * last. What names no board falls through, except beside a pinned file: that is what a worker was given.
 */
async function followCurrentBoard(paths: Paths, options: ContextOptions): Promise<Paths> {
  const { env, board } = options;
  if (board !== undefined) return paths;
  const places = boardPlaces(paths);
  const named = normalizeBoardSlug(envValue(env, envNames.kanbanBoard) ?? "");
  if (named !== null && (paths.pins.db !== undefined || await boardExists(places, named))) {
    return bindBoard(paths, named);
  }
  return bindBoard(paths, await currentBoard(places));
}

/**
 * The same world for somebody else, with a configuration of its own. It shares the opened board, and closing it
 * leaves that open.
 */
export function actAs(
  context: OpContext,
  actor: Actor,
  config: () => Promise<LoadedConfig>,
): OpContext {
  const { paths, boardPaths, env, host, clock, log } = context;
  return {
    ...{ paths, boardPaths, env, host, clock, log },
    actor,
    board: () => context.board(),
    config,
    profiles: () => context.profiles(),
    mayOrchestrate: () => context.mayOrchestrate(),
    close: () => Promise.resolve(),
  };
}

class Context implements OpContext {
  readonly paths: Paths;
  readonly boardPaths: BoardPaths;
  readonly env: Environment;
  readonly actor: Actor;
  readonly host: HostPorts;
  readonly clock: Clock;
  readonly log: Log;
  readonly #mayCreateBoard: boolean;
  readonly #livePolicy: (() => Policy) | undefined;
  readonly #engineLog: Log;
  #board: Promise<Board> | undefined;
  #config: Promise<LoadedConfig> | undefined;
  #policy: Policy | undefined;

  constructor(options: ContextOptions, paths: Paths) {
    this.paths = paths;
    this.boardPaths = boardPaths(paths, paths.board);
    this.env = options.env;
    this.actor = options.actor ?? actorFrom(options.env, "user");
    this.host = options.host;
    this.clock = options.clock ?? systemClock;
    this.log = options.log;
    this.#mayCreateBoard = options.createBoard ?? false;
    this.#livePolicy = options.policy;
    this.#engineLog = options.engineLog ?? silentLog;
  }

  board(): Promise<Board> {
    return this.#board ??= this.#openBoard();
  }

  config(): Promise<LoadedConfig> {
    return this.#config ??= this.#loadConfig();
  }

  async profiles(): Promise<string[]> {
    const { profileNames } = await import("../profiles/roster.ts");
    return await profileNames(this.paths);
  }

  async mayOrchestrate(): Promise<boolean> {
    if (this.actor.kind === "orchestrator") return true;
    if (this.actor.kind !== "worker") return false;
    const { config } = await this.config();
    if (config.toolsets.includes("kanban")) return true;
    const { resolveRouting } = await import("../profiles/resolve.ts");
    const { orchestrator } = resolveRouting(config, await this.profiles(), this.paths.profile);
    return config.kanban.orchestrator_profile !== "" && orchestrator === this.actor.name;
  }

  async close(): Promise<void> {
    const board = await this.#board?.catch(() => undefined);
    await board?.close();
  }

  async #openBoard(): Promise<Board> {
    const { slug, db } = this.boardPaths;
    await this.#checkExists();
    const [{ openBoard }, { defaultPolicy }] = await Promise.all([
      import("../kernel/board.ts"),
      import("../kernel/lifecycle/decision.ts"),
    ]);
    return await openBoard({
      slug,
      path: db,
      clock: this.clock,
      log: this.#engineLog,
      // Only operations that depend on a limit read the configuration, and they do so before they write.
      policy: this.#livePolicy ?? (() => this.#policy ?? defaultPolicy),
    });
  }

  /** A board is not brought into being by a slip of the pen, nor by the worker of one that was removed. */
  async #checkExists(): Promise<void> {
    const { slug, db } = this.boardPaths;
    if (this.#mayCreateBoard || await this.host.exists(db)) return;
    const places = boardPlaces(this.paths);
    if (this.actor.runId !== null || !await boardExists(places, slug)) {
      throw await unknownBoard(places, slug);
    }
  }

  async #loadConfig(): Promise<LoadedConfig> {
    const { loadConfig } = await import("../config/load.ts");
    const { configFile, profileConfigFile } = this.paths;
    const loaded = await loadConfig({
      file: configFile,
      profileFile: profileConfigFile,
      env: this.env,
    });
    this.#policy = policyOf(loaded.config);
    for (const warning of loaded.warnings) this.log.warn(warning);
    return loaded;
  }
}

/** The board's limits as a configuration sets them. */
export function policyOf({ kanban }: Pick<LoadedConfig["config"], "kanban">): Policy {
  return {
    failureLimit: kanban.failure_limit,
    blockRecurrenceLimit: kanban.block_recurrence_limit,
  };
}
