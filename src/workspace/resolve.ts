// Owns: which folder a task is worked on in, and making sure that it exists.

import { HermesError } from "../base/errors.ts";
import { ensureDir, exists } from "../platform/files.ts";
import { isAbsolutePath, joinPath } from "../platform/paths.ts";
import { resolveWorktree } from "./worktree.ts";

/** What of a task decides about its folder. */
export interface WorkspaceRequest {
  /** Task id; names scratch folders and worktrees. */
  id: string;
  /** `scratch`, `dir` or `worktree`. */
  workspace_kind: string;
  /** An absolute path; for a worktree any folder of the repository. Null only fits `scratch`. */
  workspace_path: string | null;
  /** Branch of a worktree; `wt/<id>` when null. */
  branch_name: string | null;
}

/** A folder that is ready to work in. */
export interface ResolvedWorkspace {
  /** Absolute path. */
  path: string;
  /** The branch checked out in a worktree; null for other kinds and for a detached head. */
  branch: string | null;
  /** False when the folder was there before, from an earlier attempt or made by a person. */
  created: boolean;
}

/**
 * The folder a task is worked on in, created when missing: `<workspacesRoot>/<id>` for scratch, the
 * given path for dir, `<repository>/.worktrees/<id>` for worktree.
 *
 * @throws HermesError `invalid` when kind, id or path cannot be used, a relative path above all; `io`
 * when the operating system refuses; `unavailable` when git refuses, with its own words, or is missing.
 */
export async function resolveWorkspace(
  task: WorkspaceRequest,
  roots: { workspacesRoot: string },
): Promise<ResolvedWorkspace> {
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(task.id)) {
    throw new HermesError("invalid", `Cannot name workspace "${task.id}": not a task id`);
  }
  switch (task.workspace_kind) {
    case "scratch":
      return await makeFolder(
        task.workspace_path
          ? absolute(task.workspace_path)
          : joinPath(roots.workspacesRoot, task.id),
      );
    case "dir":
      return await makeFolder(absolute(requirePath(task)));
    case "worktree":
      return await resolveWorktree(task.id, absolute(requirePath(task)), task.branch_name);
    default:
      throw new HermesError(
        "invalid",
        `Cannot resolve workspace kind "${task.workspace_kind}": unknown kind`,
        { remedy: "Use scratch, dir or worktree." },
      );
  }
}

async function makeFolder(path: string): Promise<ResolvedWorkspace> {
  const created = !await exists(path);
  await ensureDir(path);
  return { path, branch: null, created };
}

function requirePath(task: WorkspaceRequest): string {
  if (task.workspace_path) return task.workspace_path;
  const what = task.workspace_kind === "dir" ? "a folder" : "the path of a git repository";
  throw new HermesError(
    "invalid",
    `Cannot resolve workspace of task "${task.id}": kind ${task.workspace_kind} needs ${what}`,
    { remedy: `Set an absolute path: --workspace ${task.workspace_kind}:/path/to/folder.` },
  );
}

/** Refuses a relative path, which would mean another folder wherever the dispatcher was started. */
function absolute(path: string): string {
  if (isAbsolutePath(path)) return path;
  throw new HermesError("invalid", `Cannot use workspace "${path}": the path must be absolute`, {
    remedy: "Write the full path, starting with /.",
    details: { path },
  });
}
