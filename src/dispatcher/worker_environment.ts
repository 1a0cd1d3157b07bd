// Owns: the environment of a worker.

import { envNames } from "../config/env_names.ts";
import { defaultGoalTurns } from "../kernel/goal.ts";
import type { RunRow, TaskRow } from "../kernel/model/rows.ts";
import { profileEnvironment } from "../profiles/environment.ts";
import { type DispatcherDeps, runMarker } from "./deps.ts";

/** Seconds a worker's own commands must leave before its run is out of time. */
const terminalMargin = 30;

/**
 * The worker's whole environment: that of its profile, and what its run is about.
 *
 * @throws HermesError `config` when the profile's configuration cannot be used; `io`.
 */
export async function workerEnvironment(
  deps: DispatcherDeps,
  task: TaskRow,
  run: Pick<RunRow, "id" | "claim_lock" | "max_runtime_seconds">,
  workspace: { path: string; branch: string | null },
): Promise<Record<string, string>> {
  const { board, paths } = deps;
  const profile = task.assignee ?? "default";
  const env = await profileEnvironment({
    root: deps.root,
    profile,
    inherited: deps.environment(),
    providers: task.provider_override === null ? [] : [task.provider_override],
  });
  for (const name of perRun) delete env[name];
  env[envNames.home] = deps.root;
  env[envNames.kanbanHome] = deps.root;
  env[envNames.kanbanBoard] = board.slug;
  env[envNames.kanbanDb] = board.path;
  env[envNames.kanbanWorkspacesRoot] = paths.workspacesRoot;
  env[envNames.kanbanAttachmentsRoot] = paths.attachmentsRoot;
  env[envNames.kanbanTask] = task.id;
  env[envNames.kanbanRunId] = String(run.id);
  env[envNames.kanbanWorkspace] = workspace.path;
  env[envNames.profile] = profile;
  env[envNames.runMarker] = runMarker(board, run.id);
  env["TERMINAL_CWD"] = workspace.path;
  if (run.claim_lock !== null) env[envNames.kanbanClaimLock] = run.claim_lock;
  if (workspace.branch !== null) env[envNames.kanbanBranch] = workspace.branch;
  if (task.goal_mode === 1) {
    env[envNames.kanbanGoalMode] = "1";
    env[envNames.kanbanGoalMaxTurns] = String(task.goal_max_turns ?? defaultGoalTurns);
  }
  if (task.tenant !== null) env[envNames.tenant] = task.tenant;
  if (run.max_runtime_seconds !== null) {
    env["TERMINAL_TIMEOUT"] = String(Math.max(1, run.max_runtime_seconds - terminalMargin));
  }
  return env;
}

/** Variables that belong to one run or one process and are not inherited. */
const perRun = [
  envNames.kanbanTask,
  envNames.kanbanRunId,
  envNames.kanbanWorkspace,
  envNames.kanbanBranch,
  envNames.kanbanClaimLock,
  envNames.kanbanGoalMode,
  envNames.kanbanGoalMaxTurns,
  envNames.kanbanTerminal,
  envNames.tenant,
  envNames.runMarker,
  "TERMINAL_TIMEOUT",
  // They name the gateway's folder; some programs believe them more than the operating system.
  "PWD",
  "OLDPWD",
];
