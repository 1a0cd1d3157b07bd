// Owns: output of commands that is too long to show: both ends are shown, the whole lies in a file.

import { cut } from "../../base/text.ts";
import { removeTreeInside, writeTextAtomic } from "../../platform/files.ts";
import { parentPath } from "../../platform/paths.ts";
import { makeTempDir } from "../../platform/temp_dir.ts";

/** Bytes of one stream of a command that are kept to be looked into. */
export const keptOutputBytes = 4 * 1024 * 1024;

/** A folder of the run for long output. It comes into being with the first file. */
export class LongOutput {
  #folder: Promise<string> | null = null;
  #path: string | null = null;
  #count = 0;

  /** Where files lie; null before the first. */
  get folder(): string | null {
    return this.#path;
  }

  /**
   * `text` when it has at most `max` characters; else both ends of it and the path of a file with all of it.
   *
   * @param name of the stream, such as `stdout`.
   */
  async shorten(text: string, max: number, name: string): Promise<string> {
    if (text.length <= max) return text;
    const path = await this.#save(text, name);
    const half = Math.floor(max / 2);
    const head = cut(text, half);
    const tail = withoutHalfPair(text.slice(text.length - half));
    const omitted = text.length - head.length - tail.length;
    return `${head}\n… [${omitted} characters omitted; read_file shows all of it: ${path}] …\n${tail}`;
  }

  /** Removes the files. */
  async dispose(): Promise<void> {
    const folder = this.#path;
    if (folder === null) return;
    this.#path = null;
    this.#folder = null;
    await removeTreeInside(parentPath(folder), folder).catch(() => {});
  }

  async #save(text: string, name: string): Promise<string> {
    this.#path = await (this.#folder ??= makeTempDir("hermes-output-"));
    const path = `${this.#path}/${++this.#count}-${name}.txt`;
    await writeTextAtomic(path, text);
    return path;
  }
}

/** A text that was cut in front must not begin with the second half of a character. */
function withoutHalfPair(text: string): string {
  const first = text.charCodeAt(0);
  return first >= 0xdc00 && first <= 0xdfff ? text.slice(1) : text;
}
