// Owns: a chat on disk: one JSON object a line, private, without secrets, readable after a crash.

import type { Clock } from "../../base/clock.ts";
import { errorText } from "../../base/errors.ts";
import type { Log } from "../../base/log.ts";
import { redactDeep } from "../../base/redact.ts";
import type { ChatMessage } from "../../llm/messages.ts";
import { appendText, ensureDir, readTextIfExists, writeTextAtomic } from "../../platform/files.ts";
import { joinPath } from "../../platform/paths.ts";

/** What a session's first line says. */
export interface SessionHead {
  id: string;
  profile: string;
  model: string;
  board: string;
  /** Epoch milliseconds. */
  startedAt: number;
}

/** A session as it was read. */
export interface StoredSession {
  head: SessionHead;
  /** The conversation without its system prompt. */
  messages: ChatMessage[];
  /** The first thing the person said. */
  opening: string;
  /** How often the person said something. */
  prompts: number;
  /** Epoch milliseconds of the last line. */
  lastAt: number;
  /** Lines that could not be read. */
  skipped: number;
}

/** The folder of a profile's chats. */
export function sessionsDir(profileHome: string): string {
  return joinPath(profileHome, "sessions");
}

/** A fresh id, which sorts by time: `20260131-235959-1a2b`. @param now epoch milliseconds. */
export function newSessionId(now: number, token: string): string {
  const [date, time] = new Date(now).toISOString().split("T") as [string, string];
  return `${date.replaceAll("-", "")}-${time.slice(0, 8).replaceAll(":", "")}-${token}`;
}

export interface SessionFileOptions {
  dir: string;
  head: SessionHead;
  /** Values that are masked besides everything that looks like a credential. */
  secrets: readonly string[];
  clock: Clock;
  log: Log;
}

/** Writes one chat down as it goes on. A chat in which nothing was said leaves no file. */
export class SessionFile {
  readonly #options: SessionFileOptions;
  readonly #path: string;
  #queue: Promise<void>;
  #warned = false;
  #head: SessionHead | null;

  /** @param isStored whether the file is there already and is gone on with. */
  constructor(options: SessionFileOptions, isStored = false) {
    this.#options = options;
    this.#path = joinPath(options.dir, `${options.head.id}.jsonl`);
    this.#head = isStored ? null : options.head;
    this.#queue = isStored ? this.#endLastLine() : Promise.resolve();
  }

  get id(): string {
    return this.#options.head.id;
  }

  /** Notes a message. Never rejects: losing a line must not end a chat. */
  add(message: ChatMessage): Promise<void> {
    return this.#append({ kind: "message", message });
  }

  /** Notes that all before was replaced by `messages`. */
  replace(messages: readonly ChatMessage[]): Promise<void> {
    return this.#append({ kind: "replaced", messages });
  }

  /** Resolves when everything is written. */
  settled(): Promise<void> {
    return this.#queue;
  }

  #append(entry: Record<string, unknown>): Promise<void> {
    const { clock, secrets } = this.#options;
    const line = JSON.stringify(redactDeep({ at: clock.nowMs(), ...entry }, secrets));
    return this.#queue = this.#queue.then(() => this.#write(`${line}\n`));
  }

  async #write(line: string): Promise<void> {
    try {
      if (this.#head) {
        await ensureDir(this.#options.dir, 0o700);
        const head = JSON.stringify({ kind: "session", ...this.#head });
        await writeTextAtomic(this.#path, `${head}\n`, { mode: 0o600 });
        this.#head = null;
      }
      await appendText(this.#path, line);
    } catch (thrown) {
      this.#warn(thrown);
    }
  }

  /** A line that a crash cut off must not swallow the next one. */
  async #endLastLine(): Promise<void> {
    try {
      const text = await readTextIfExists(this.#path);
      if (text !== null && text !== "" && !text.endsWith("\n")) await appendText(this.#path, "\n");
    } catch (thrown) {
      this.#warn(thrown);
    }
  }

  #warn(thrown: unknown): void {
    const { log } = this.#options;
    if (!this.#warned) log.warn(`This chat is not written down: ${errorText(thrown)}`);
    this.#warned = true;
  }
}

/** Reads the text of a session. Lines that are damaged are left out and counted; null when none is good. */
export function readSession(id: string, text: string): StoredSession | null {
  const unknown = { id, profile: "", model: "", board: "", startedAt: 0 };
  let head: SessionHead | null = null;
  let messages: ChatMessage[] = [];
  let [skipped, good, prompts, lastAt, opening] = [0, 0, 0, 0, ""];
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const entry = readLine(line);
    if (entry === null) skipped++;
    else {
      good++;
      lastAt = Math.max(lastAt, entry.at);
      if (entry.kind === "session") head = { ...unknown, ...entry.head, id };
      else if (entry.kind === "replaced") messages = [...entry.messages];
      else {
        const { message } = entry;
        messages.push(message);
        if (message.role === "user" && prompts++ === 0) opening = message.content;
      }
    }
  }
  if (good === 0) return null;
  return { head: head ?? unknown, messages, opening, prompts, lastAt, skipped };
}

/** A line; `at` in epoch milliseconds, 0 when it says nothing. */
type Line =
  & { at: number }
  & (
    | { kind: "session"; head: Partial<SessionHead> }
    | { kind: "message"; message: ChatMessage }
    | { kind: "replaced"; messages: ChatMessage[] }
  );

function readLine(line: string): Line | null {
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch {
    return null;
  }
  if (!isMapping(entry)) return null;
  const at = typeof entry["at"] === "number" ? entry["at"] : 0;
  if (entry["kind"] === "session") {
    const texts = ["profile", "model", "board"].filter((key) => typeof entry[key] === "string");
    return {
      at,
      kind: "session",
      head: {
        ...Object.fromEntries(texts.map((key) => [key, entry[key]])),
        ...(typeof entry["startedAt"] === "number" ? { startedAt: entry["startedAt"] } : {}),
      },
    };
  }
  if (entry["kind"] === "message" && isMessage(entry["message"])) {
    return { at, kind: "message", message: entry["message"] };
  }
  const { messages } = entry;
  if (entry["kind"] === "replaced" && Array.isArray(messages) && messages.every(isMessage)) {
    return { at, kind: "replaced", messages };
  }
  return null;
}

function isMessage(value: unknown): value is ChatMessage {
  if (!isMapping(value)) return false;
  const { role, content, tool_calls: calls, tool_call_id: id } = value;
  switch (role) {
    case "user":
      return typeof content === "string";
    case "tool":
      return typeof content === "string" && typeof id === "string";
    case "assistant":
      return (typeof content === "string" || content === null) &&
        (calls === undefined || Array.isArray(calls) && calls.every(isCall));
    default:
      return false;
  }
}

function isCall(value: unknown): boolean {
  if (!isMapping(value) || typeof value["id"] !== "string") return false;
  const called = value["function"];
  return isMapping(called) && typeof called["name"] === "string" &&
    typeof called["arguments"] === "string";
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
