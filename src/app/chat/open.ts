// Owns: opening a chat: whose it is, which board it stays on, what was said before.

import { ChatSession } from "../../agent/chat/session.ts";
import {
  newSessionId,
  SessionFile,
  sessionsDir,
  type StoredSession,
} from "../../agent/chat/session_file.ts";
import { findSession } from "../../agent/chat/session_list.ts";
import { equip } from "../../agent/equipment.ts";
import type { Clock } from "../../base/clock.ts";
import { randomIds } from "../../base/ids.ts";
import type { Log } from "../../base/log.ts";
import { plural } from "../../base/text.ts";
import { resolveActivePaths } from "../../config/active_profile.ts";
import { envNames, envValue, terminalDepth } from "../../config/env_names.ts";
import type { Paths } from "../../config/paths.ts";
import { boardExists } from "../../kernel/boards.ts";
import { boardPlaces } from "../../ops/board_places.ts";
import { type Actor, actorFrom, type HostPorts, openContext } from "../../ops/context.ts";
import type { OpContext } from "../../ops/context.ts";
import { boardTools } from "../../ops/tool.ts";
import { getProfile } from "../../profiles/roster.ts";

/** What holds for all chats of one process. */
export interface ChatHome {
  env: Record<string, string>;
  ports: HostPorts;
  /** Folder the file and terminal tools work in. */
  workingDir: string;
  /** Names of the skills that go into the prompt. */
  skills: readonly string[];
  clock: Clock;
  log: Log;
}

/** Which chat is wanted. */
export interface ChatRequest {
  profile?: string;
  /** Slug of the board as typed. */
  board?: string;
  /** Model used instead of the configured one. */
  model?: string;
  /** Goes on with an earlier chat: this one, or the newest when the name is empty. */
  resume?: string;
  /** The id of a chat that is not gone on with. */
  except?: string;
}

/** A chat that can be talked in. */
export interface OpenChat {
  session: ChatSession;
  paths: Paths;
  context: OpContext;
  /** The environment with the chat's board and profile in it: a later switch does not move the chat. */
  env: Record<string, string>;
  /** Whether it goes on with an earlier one. */
  resumed: boolean;
  close(): Promise<void>;
}

/** The folder of the chats of the profile that would be talked to. */
export async function sessionsOf(
  { env }: Pick<ChatHome, "env">,
  { profile }: ChatRequest,
): Promise<string> {
  const paths = await resolveActivePaths(env, { profile });
  await getProfile(paths, paths.profile);
  return sessionsDir(paths.profileHome);
}

/**
 * Opens a chat. Nothing is written before something is said.
 *
 * @throws HermesError when the profile, the chat to go on with, the configuration or the model is missing
 * or unusable.
 */
export async function openChat(home: ChatHome, request: ChatRequest): Promise<OpenChat> {
  const { log, ports } = home;
  const dir = await sessionsOf(home, request);
  const stored = request.resume === undefined
    ? null
    : await findSession(dir, request.resume, request.except);
  if (stored && stored.skipped > 0) {
    log.warn(
      `${plural(stored.skipped, "damaged line")} of chat ${stored.head.id} ` +
        `${stored.skipped === 1 ? "was" : "were"} left out`,
    );
  }
  const { profile } = await resolveActivePaths(home.env, { profile: request.profile });
  const board = request.board ?? await boardOf(home, stored, profile);
  const context = await openContext({
    env: home.env,
    host: ports,
    log,
    profile,
    board,
    actor: actorOf(home.env, profile),
  });
  try {
    return await furnish(home, request, context, stored, dir);
  } catch (thrown) {
    await context.close();
    throw thrown;
  }
}

async function furnish(
  home: ChatHome,
  { model }: ChatRequest,
  context: OpContext,
  stored: StoredSession | null,
  dir: string,
): Promise<OpenChat> {
  const { clock, log } = home;
  const { paths } = context;
  const { profile, board } = paths;
  const env = { ...home.env, [envNames.kanbanBoard]: board, [envNames.profile]: profile };
  const equipment = await equip({ paths, env, skills: home.skills, model, log });
  const isWorker = envValue(env, envNames.kanbanTask) !== undefined;
  const mayUseBoard = isWorker || equipment.config.toolsets.includes("kanban");
  const head = stored?.head ?? {
    id: newSessionId(clock.nowMs(), randomIds.token(2)),
    profile,
    model: equipment.settings.model,
    board,
    startedAt: clock.nowMs(),
  };
  const { secrets } = equipment;
  const file = new SessionFile({ dir, head, secrets, clock, log }, stored !== null);
  const session = new ChatSession({
    equipment,
    kanbanTools: mayUseBoard ? await boardTools(context) : [],
    workspace: home.workingDir,
    file,
    history: stored?.messages ?? [],
    log,
  });
  return {
    session,
    paths,
    context,
    env,
    resumed: stored !== null,
    async close() {
      await file.settled();
      await context.close();
    },
  };
}

/** Board tools of a chat act for the profile; whether it has any is decided by its toolsets. */
function actorOf(env: Record<string, string>, profile: string): Actor {
  if (envValue(env, envNames.kanbanTask) === undefined) {
    return { kind: "orchestrator", name: profile, taskId: null, runId: null };
  }
  // In a worker's terminal this is a helper, who leaves the writing to the worker.
  const actor = actorFrom(env, profile);
  return terminalDepth(env) > 0 ? { ...actor, delegated: true } : actor;
}

/** An earlier chat goes on upon its own board, unless the environment names one or it is gone. */
async function boardOf(
  { env }: ChatHome,
  stored: StoredSession | null,
  profile: string,
): Promise<string | undefined> {
  const board = stored?.head.board;
  if (!board || envValue(env, envNames.kanbanBoard) !== undefined) return undefined;
  const paths = await resolveActivePaths(env, { profile });
  return await boardExists(boardPlaces(paths), board) ? board : undefined;
}
