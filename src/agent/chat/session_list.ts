// Owns: which chats of a profile there are, and finding the one that is meant.

import { HermesError } from "../../base/errors.ts";
import { firstLine } from "../../base/text.ts";
import { listFiles } from "../../platform/file_keeping.ts";
import { readTextIfExists } from "../../platform/files.ts";
import { joinPath } from "../../platform/paths.ts";
import { readSession, type StoredSession } from "./session_file.ts";

/** A chat in a list. */
export interface SessionSummary {
  id: string;
  /** Epoch seconds of its last line. */
  changedAt: number;
  /** What the person said so far, in messages. */
  prompts: number;
  /** The first thing the person said, in one line. */
  title: string;
  model: string;
  board: string;
}

/** The chats in a folder, the newest first, at most `most`. Files that are no chats are left out. */
export async function listSessions(dir: string, most = 50): Promise<SessionSummary[]> {
  const found: SessionSummary[] = [];
  for (const { id, changedAt } of await sessionFiles(dir)) {
    if (found.length >= most) break;
    const session = await loadSession(dir, id);
    if (!session) continue;
    found.push({
      id,
      changedAt,
      prompts: session.prompts,
      title: firstLine(session.opening, 200) ?? "",
      model: session.head.model,
      board: session.head.board,
    });
  }
  return found;
}

/**
 * The chat that `wanted` names by its id or the beginning of it; without a name, the newest.
 *
 * @param except the id of a chat that is not looked for.
 * @throws HermesError `not_found`, also when several begin like that.
 */
export async function findSession(
  dir: string,
  wanted?: string,
  except?: string,
): Promise<StoredSession> {
  const files = (await sessionFiles(dir)).filter(({ id }) => id !== except);
  if (wanted === undefined || wanted.trim() === "") {
    for (const { id } of files) {
      const session = await loadSession(dir, id);
      if (session) return session;
    }
    throw notFound("Cannot resume a chat: there is none yet", "Start one with: hermes chat.");
  }
  const name = wanted.trim();
  const exact = files.filter(({ id }) => id === name);
  const matches = exact.length > 0 ? exact : files.filter(({ id }) => id.startsWith(name));
  const remedy = "See which there are with: hermes chat --list.";
  if (matches.length > 1) {
    throw notFound(`Cannot resume chat "${name}": ${matches.length} chats begin like that`, remedy);
  }
  const session = matches[0] && await loadSession(dir, matches[0].id);
  if (session) return session;
  throw notFound(`Cannot resume chat "${name}": there is no such chat`, remedy);
}

function notFound(message: string, remedy: string): HermesError {
  return new HermesError("not_found", message, { remedy });
}

/** Newest first. Ids sort by time, which decides where the clock of the disk is too coarse. */
async function sessionFiles(dir: string): Promise<{ id: string; changedAt: number }[]> {
  const files = (await listFiles(dir)).filter(({ name }) => name.endsWith(".jsonl"));
  return files
    .map(({ name, changedAt }) => ({ id: name.slice(0, -".jsonl".length), changedAt }))
    .sort((a, b) => b.changedAt - a.changedAt || (a.id < b.id ? 1 : -1));
}

async function loadSession(dir: string, id: string): Promise<StoredSession | null> {
  const text = await readTextIfExists(joinPath(dir, `${id}.jsonl`));
  return text === null ? null : readSession(id, text);
}
