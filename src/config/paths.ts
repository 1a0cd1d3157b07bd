// Owns: where everything lies on disk — root, profiles, boards — derived from the environment alone.

import { basename, dirname, join, resolve } from "node:path";
import { HermesError } from "../base/errors.ts";
import { envNames, envValue } from "./env_names.ts";
import type { Environment } from "./env_names.ts";

/** The profile and the board that always exist. */
export const defaultProfile = "default";
export const defaultBoard = "default";

/** Lower-case profile name as it appears in `<root>/profiles/<name>`. */
export const profileNamePattern = /^[a-z0-9][a-z0-9_-]{0,63}$/;

const boardSlugPattern = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** Files and folders of one board; all absolute. */
export interface BoardPaths {
  slug: string;
  /** Folder of the board's own files (lock, metadata). */
  dir: string;
  /** The SQLite file. */
  db: string;
  /** Scratch workspaces, one folder per task id. */
  workspacesRoot: string;
  /** Worker logs and transcripts. */
  logsRoot: string;
  attachmentsRoot: string;
}

/** Places a person or a parent process fixed by environment variable. */
export interface PathPins {
  db?: string;
  workspacesRoot?: string;
  attachmentsRoot?: string;
}

/** Every place hermes reads or writes, for one process; all absolute. */
export interface Paths {
  /** Shared by all profiles: boards, config, profiles lie below it. */
  root: string;
  /** Name of the active profile. */
  profile: string;
  /** The active profile's own folder; the root itself for `default`. */
  profileHome: string;
  profilesDir: string;
  /** Skills shared by all profiles. */
  skillsDir: string;
  /** The shared `config.yaml`. */
  configFile: string;
  /** The active profile's `config.yaml`; equals `configFile` for `default`. */
  profileConfigFile: string;
  kanbanDir: string;
  boardsDir: string;
  /** Holds the slug chosen by `boards switch`. */
  currentBoardFile: string;
  /** Slug of the bound board; the three places below belong to it. */
  board: string;
  db: string;
  workspacesRoot: string;
  logsRoot: string;
  pins: PathPins;
}

/**
 * Works out every path from the environment. `HERMES_KANBAN_HOME` fixes the root; else it is
 * `HERMES_HOME` (or the folder two above it, when that names a profile's home), else `~/.hermes`.
 * The profile is the explicit one, else the one `HERMES_HOME` names, else `HERMES_PROFILE`, else
 * `default`. The board is bound from `options.board` and the environment; see {@link bindBoard}.
 *
 * @throws HermesError `usage` for a malformed profile name or board slug, or when no home is known.
 */
export function resolvePaths(
  env: Environment,
  options: { profile?: string; board?: string } = {},
): Paths {
  const home = homeFrom(env);
  const pinnedRoot = envValue(env, envNames.kanbanHome);
  const root = pinnedRoot ? absolute(pinnedRoot, env) : home.root;
  const profile = pickProfile(options.profile, home.profile, envValue(env, envNames.profile));
  const kanbanDir = join(root, "kanban");
  const profileHome = profileHomeOf(root, profile);
  const unbound: Paths = {
    root,
    profile,
    profileHome,
    profilesDir: join(root, "profiles"),
    skillsDir: join(root, "skills"),
    configFile: join(root, "config.yaml"),
    profileConfigFile: join(profileHome, "config.yaml"),
    kanbanDir,
    boardsDir: join(kanbanDir, "boards"),
    currentBoardFile: join(kanbanDir, "current"),
    board: "",
    db: "",
    workspacesRoot: "",
    logsRoot: "",
    pins: pinsFrom(env),
  };
  return bindBoard(unbound, resolveBoardSlug(options.board, env, null));
}

/** The folder of profile `name` below `root`; the root itself for `default`. */
export function profileHomeOf(root: string, name: string): string {
  return name === defaultProfile ? root : join(root, "profiles", name);
}

/** The same paths with another board bound; pinned places stay pinned. */
export function bindBoard(paths: Paths, slug: string): Paths {
  const bound = { ...paths, board: slug };
  const { db, workspacesRoot, logsRoot } = boardPaths(bound, slug);
  return { ...bound, db, workspacesRoot, logsRoot };
}

/**
 * Where board `slug` lies. The default board keeps the historic places directly below the root.
 * Pins apply to the bound board only, so that a listing of all boards shows each one's own file.
 */
export function boardPaths(paths: Paths, slug: string): BoardPaths {
  const isDefault = slug === defaultBoard;
  const dir = isDefault ? paths.kanbanDir : join(paths.boardsDir, slug);
  const pins = slug === paths.board ? paths.pins : {};
  return {
    slug,
    dir,
    db: pins.db ?? join(isDefault ? paths.root : dir, "kanban.db"),
    workspacesRoot: pins.workspacesRoot ?? join(dir, "workspaces"),
    logsRoot: join(dir, "logs"),
    attachmentsRoot: pins.attachmentsRoot ?? join(dir, "attachments"),
  };
}

/** The slug in its stored form (trimmed, lower-cased), or null when it is malformed. */
export function normalizeBoardSlug(text: string): string | null {
  const slug = text.trim().toLowerCase();
  return boardSlugPattern.test(slug) ? slug : null;
}

/**
 * Which board a request means: the explicit one, else `HERMES_KANBAN_BOARD`, else the text of the
 * `current` file, else `default`. Values nobody typed just now fall through when they are malformed
 * or name a board that `boardExists` denies.
 *
 * @throws HermesError `usage` when the explicit slug is malformed.
 */
export function resolveBoardSlug(
  explicit: string | undefined,
  env: Environment,
  currentFileText: string | null,
  boardExists: (slug: string) => boolean = () => true,
): string {
  if (explicit !== undefined) {
    const slug = normalizeBoardSlug(explicit);
    if (slug !== null) return slug;
    throw new HermesError("usage", `Cannot use board "${explicit}": the slug is malformed`, {
      remedy:
        "Use 1 to 64 letters, digits, hyphens or underscores, starting with a letter or digit",
    });
  }
  for (const candidate of [envValue(env, envNames.kanbanBoard), currentFileText]) {
    const slug = candidate ? normalizeBoardSlug(candidate) : null;
    if (slug !== null && (slug === defaultBoard || boardExists(slug))) return slug;
  }
  return defaultBoard;
}

function homeFrom(env: Environment): { root: string; profile: string | undefined } {
  const given = envValue(env, envNames.home);
  const home = given ? absolute(given, env) : join(userHome(env), ".hermes");
  const name = basename(home);
  const insideProfiles = basename(dirname(home)) === "profiles" && profileNamePattern.test(name);
  return insideProfiles
    ? { root: dirname(dirname(home)), profile: name }
    : { root: home, profile: undefined };
}

function pickProfile(...candidates: (string | undefined)[]): string {
  const given = candidates.find((candidate) => candidate !== undefined);
  if (given === undefined) return defaultProfile;
  const name = given.trim().toLowerCase();
  if (profileNamePattern.test(name)) return name;
  throw new HermesError("usage", `Cannot use profile "${given}": the name is malformed`, {
    remedy: "Use 1 to 64 letters, digits, hyphens or underscores, starting with a letter or digit",
  });
}

function pinsFrom(env: Environment): PathPins {
  const pin = (name: string) => {
    const value = envValue(env, name);
    return value ? absolute(value, env) : undefined;
  };
  return {
    db: pin(envNames.kanbanDb),
    workspacesRoot: pin(envNames.kanbanWorkspacesRoot),
    attachmentsRoot: pin(envNames.kanbanAttachmentsRoot),
  };
}

function absolute(path: string, env: Environment): string {
  if (path === "~") return userHome(env);
  return path.startsWith("~/") ? join(userHome(env), path.slice(2)) : resolve(path);
}

function userHome(env: Environment): string {
  const home = envValue(env, envNames.userHome) ?? envValue(env, "USERPROFILE");
  if (home) return resolve(home);
  throw new HermesError("usage", "Cannot find the home folder: HOME is not set", {
    remedy: "Set HERMES_HOME to the folder that should hold the boards and profiles",
  });
}
