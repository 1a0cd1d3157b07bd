// Owns: passing a program's output on to the worker's log, without secrets and not without end.

import { redact } from "../../base/redact.ts";

/** Characters of output that one attempt may leave in the log. */
const longestLog = 16 * 1024 * 1024;

/** Characters of one line that are passed on. */
const longestLine = 256 * 1024;

/** Writes lines until there are too many. */
export class LogPump {
  readonly #write: (text: string) => void;
  readonly #secrets: readonly string[];
  #written = 0;
  #dropped = 0;

  constructor(write: (text: string) => void, secrets: readonly string[]) {
    this.#write = write;
    this.#secrets = secrets;
  }

  line(text: string): void {
    if (this.#written >= longestLog) {
      this.#dropped += text.length + 1;
      return;
    }
    const cutOff = Math.max(0, text.length - longestLine);
    const shown = redact(cutOff > 0 ? text.slice(0, longestLine) : text, this.#secrets);
    const line = cutOff > 0 ? `${shown} … [${cutOff} more characters]` : shown;
    this.#write(`${line}\n`);
    this.#written += line.length + 1;
  }

  /** Says what was left out. */
  end(): void {
    if (this.#dropped > 0) this.#write(`[${this.#dropped} more characters of output not kept]\n`);
  }
}
