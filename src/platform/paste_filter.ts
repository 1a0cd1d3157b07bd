// Owns: recognising pasted text in what a terminal sends, so that its line breaks do not count as Enter.

const begin = "\x1b[200~";
const end = "\x1b[201~";

/** Passes what is typed and turns what is pasted into one piece of a line. */
export class PasteFilter {
  readonly #onPaste: (text: string) => string;
  /** The paste under way; null outside of one. */
  #paste: string | null = null;
  /** The beginning of a mark that may go on in the next piece. */
  #rest = "";

  /** @param onPaste what stands for a pasted text of several lines. */
  constructor(onPaste: (text: string) => string) {
    this.#onPaste = onPaste;
  }

  /** What of `text` is to be taken as typed. */
  pass(text: string): string {
    let typed = "";
    let left = this.#rest + text;
    this.#rest = "";
    while (left !== "") {
      const mark: string = this.#paste === null ? begin : end;
      const at = left.indexOf(mark);
      if (at < 0) {
        const kept = partAtEnd(left, mark);
        this.#rest = left.slice(left.length - kept);
        typed += this.#take(left.slice(0, left.length - kept));
        break;
      }
      typed += this.#take(left.slice(0, at));
      left = left.slice(at + mark.length);
      if (this.#paste === null) this.#paste = "";
      else {
        typed += this.#pasted(this.#paste);
        this.#paste = null;
      }
    }
    return typed;
  }

  #take(text: string): string {
    if (this.#paste === null) return text;
    this.#paste += text;
    return "";
  }

  #pasted(raw: string): string {
    // deno-lint-ignore no-control-regex -- control characters are what this removes
    const text = raw.replace(/\r\n?/g, "\n").replace(/[\x00-\x08\x0b-\x1f\x7f]/g, "");
    const whole = text.replace(/\n+$/, "");
    return whole.includes("\n") ? this.#onPaste(whole) : whole.replaceAll("\t", "    ");
  }
}

/** How many characters at the end of `text` could be the beginning of `mark`. */
function partAtEnd(text: string, mark: string): number {
  for (let length = Math.min(text.length, mark.length - 1); length > 0; length--) {
    if (text.endsWith(mark.slice(0, length))) return length;
  }
  return 0;
}
