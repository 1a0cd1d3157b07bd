// Owns: cutting a stream of bytes into lines, in bounded memory.

/** Characters after which a line is handed on although it has no end yet. */
const longestLine = 4 * 1024 * 1024;

/** Hands on complete lines without their ends. */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  readonly #decoder = new TextDecoder();
  #parts: string[] = [];
  #size = 0;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  add(chunk: Uint8Array): void {
    this.#take(this.#decoder.decode(chunk, { stream: true }));
  }

  /** Hands on what is left. */
  end(): void {
    this.#take(this.#decoder.decode());
    if (this.#size > 0) this.#flush();
  }

  #take(text: string): void {
    let from = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
      this.#keep(text.slice(from, at));
      this.#flush();
      from = at + 1;
    }
    this.#keep(text.slice(from));
    if (this.#size >= longestLine) this.#flush();
  }

  #keep(part: string): void {
    if (part === "") return;
    this.#parts.push(part);
    this.#size += part.length;
  }

  #flush(): void {
    const line = this.#parts.join("");
    this.#parts = [];
    this.#size = 0;
    this.#onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
  }
}
