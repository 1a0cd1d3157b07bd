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
  for await (
    const { head, prompts, opening, lastAt } of newestFirst(dir, await sessionFiles(dir))
  ) {
    found.push({
      id: head.id,
      changedAt: Math.floor(lastAt / 1000),
      prompts,
      title: firstLine(opening, 200) ?? "",
      model: head.model,
      board: head.board,
    });
    if (found.length === most) break;
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
    for await (const session of newestFirst(dir, files)) return session;
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

interface SessionEntry {
  id: string;
  /** Epoch seconds. */
  changedAt: number;
}

/** The files of chats, the last changed first. */
async function sessionFiles(dir: string): Promise<SessionEntry[]> {
  const files = (await listFiles(dir)).filter(({ name }) => name.endsWith(".jsonl"));
  return files
    .map(({ name, changedAt }) => ({ id: name.slice(0, -".jsonl".length), changedAt }))
    .sort((a, b) => b.changedAt - a.changedAt);
}

/** The chats in files that were sorted by the second; what was said last decides within one. */
async function* newestFirst(
  dir: string,
  files: readonly SessionEntry[],
): AsyncGenerator<StoredSession> {
  for (let at = 0; at < files.length;) {
    const second = files.slice(at).filter(({ changedAt }) => changedAt === files[at]!.changedAt);
    at += second.length;
    const loaded = await Promise.all(second.map(({ id }) => loadSession(dir, id)));
    yield* loaded.filter((session) => session !== null).sort((a, b) => b.lastAt - a.lastAt);
  }
}

async function loadSession(dir: string, id: string): Promise<StoredSession | null> {
  const text = await readTextIfExists(joinPath(dir, `${id}.jsonl`));
  return text === null ? null : readSession(id, text);
}
