// Owns: the configuration of a long-running process, which follows edits of its files.

import { errorText } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { defaultConfig } from "./defaults.ts";
import { buildConfig, readTexts } from "./load.ts";
import type { ConfigInputs } from "./load.ts";
import type { Config } from "./schema.ts";

/**
 * Serves the current configuration. Files are compared by content, so an edit is seen on the next
 * read and an untouched file is never parsed again. While a file is unreadable the last good values
 * stay, except that `kanban.auto_decompose` is off: nobody can tell whether it was switched off.
 */
export class ConfigSource {
  readonly #inputs: ConfigInputs;
  readonly #log: Log;
  #seen: string | null = null;
  #good: Config = structuredClone(defaultConfig);
  #broken = false;
  #reported: string | null = null;
  #said = new Set<string>();

  constructor(inputs: ConfigInputs, log: Log) {
    this.#inputs = inputs;
    this.#log = log;
  }

  /** The configuration as the files say right now. Never throws; problems are logged once each. */
  async read(): Promise<Config> {
    try {
      await this.#refresh();
      if (this.#broken) this.#log.info("Config is readable again");
      this.#broken = false;
      this.#reported = null;
    } catch (error) {
      this.#broken = true;
      if (this.#seen === null) await this.#startWithEnvironment();
      this.#report(errorText(error));
    }
    if (!this.#broken) return this.#good;
    return { ...this.#good, kanban: { ...this.#good.kanban, auto_decompose: false } };
  }

  async #refresh(): Promise<void> {
    const texts = await readTexts(this.#inputs);
    const seen = JSON.stringify(texts);
    if (seen === this.#seen) return;
    const { config, warnings } = await buildConfig(texts, this.#inputs.env);
    [this.#good, this.#seen] = [config, seen];
    for (const warning of warnings) {
      if (!this.#said.has(warning)) this.#log.warn(warning);
      this.#said.add(warning);
    }
  }

  /** Before any file was good there is what the environment says, upon the defaults. */
  async #startWithEnvironment(): Promise<void> {
    const built = await buildConfig([], this.#inputs.env).catch(() => null);
    if (built) this.#good = built.config;
  }

  #report(reason: string): void {
    if (reason === this.#reported) return;
    this.#reported = reason;
    this.#log.warn(`${reason}; auto-decompose is off, the last good values stay in force`);
  }
}
