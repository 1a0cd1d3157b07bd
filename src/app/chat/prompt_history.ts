// Owns: what a person said in earlier chats with a profile, for the arrow up; private, without secrets.

import type { Log } from "../../base/log.ts";
import { errorText } from "../../base/errors.ts";
import { redact } from "../../base/redact.ts";
import { appendText, ensureDir, readTextIfExists, writeTextAtomic } from "../../platform/files.ts";
import { joinPath, parentPath } from "../../platform/paths.ts";

/** Prompts kept for the next chat. */
const most = 500;

/** One file of prompts, one JSON text a line, the oldest first. */
export class PromptHistory {
  readonly #path: string;
  readonly #log: Log;
  #queue = Promise.resolve();
  #last = "";

  constructor(profileHome: string, log: Log) {
    this.#path = joinPath(profileHome, "chat_history.jsonl");
    this.#log = log;
  }

  /** The prompts, the newest first. Damaged lines are left out; a file that cannot be read is empty. */
  async load(): Promise<string[]> {
    const lines = await this.#lines();
    // What is no longer wanted goes away when there is twice as much of it.
    if (lines.length > 2 * most) {
      const text = lines.slice(-most).map((line) => `${JSON.stringify(line)}\n`).join("");
      await writeTextAtomic(this.#path, text, { mode: 0o600 }).catch(() => {});
    }
    this.#last = lines.at(-1) ?? "";
    return lines.slice(-most).reverse();
  }

  /** Keeps a prompt. Never rejects: a chat goes on without it. */
  add(prompt: string, secrets: readonly string[]): void {
    const text = redact(prompt, secrets);
    if (text.trim() === "" || text === this.#last) return;
    this.#last = text;
    this.#queue = this.#queue.then(() => this.#append(`${JSON.stringify(text)}\n`));
  }

  /** Resolves when everything is written. */
  settled(): Promise<void> {
    return this.#queue;
  }

  async #append(line: string): Promise<void> {
    try {
      if (await readTextIfExists(this.#path) === null) {
        await ensureDir(parentPath(this.#path));
        await writeTextAtomic(this.#path, line, { mode: 0o600 });
      } else await appendText(this.#path, line);
    } catch (thrown) {
      this.#log.warn(`What you say is not kept for later: ${errorText(thrown)}`);
    }
  }

  async #lines(): Promise<string[]> {
    const text = await readTextIfExists(this.#path).catch(() => null) ?? "";
    return text.split("\n").flatMap((line) => {
      try {
        const prompt: unknown = JSON.parse(line);
        return typeof prompt === "string" ? [prompt] : [];
      } catch {
        return [];
      }
    });
  }
}
