// Owns: keeping the head and the tail of a long byte stream in bounded memory.

/** Collects bytes up to a limit: the first half of it from the start, the other half from the end. */
export class CapturedOutput {
  readonly #headLimit: number;
  readonly #tailLimit: number;
  readonly #head: Uint8Array[] = [];
  #headSize = 0;
  #tail: Uint8Array[] = [];
  #tailSize = 0;
  #dropped = 0;

  /** @param maxBytes most bytes kept; what lies between head and tail is dropped. */
  constructor(maxBytes: number) {
    this.#headLimit = Math.ceil(maxBytes / 2);
    this.#tailLimit = maxBytes - this.#headLimit;
  }

  add(chunk: Uint8Array): void {
    const room = this.#headLimit - this.#headSize;
    if (room > 0) {
      const part = chunk.subarray(0, room);
      this.#head.push(part);
      this.#headSize += part.length;
    }
    const rest = chunk.subarray(Math.max(0, room));
    if (rest.length === 0) return;
    this.#tail.push(rest);
    this.#tailSize += rest.length;
    // Joining only now and then keeps the work per byte constant for streams of tiny chunks.
    if (this.#tailSize > this.#tailLimit * 2 + 65_536 || this.#tail.length > 1024) this.#compact();
  }

  /** Bytes that were dropped so far. */
  get dropped(): number {
    this.#compact();
    return this.#dropped;
  }

  /** What was kept as text, with a visible count of the dropped bytes in the middle. */
  text(): string {
    this.#compact();
    const decoder = new TextDecoder();
    if (this.#dropped === 0) return decoder.decode(join([...this.#head, ...this.#tail]));
    const head = join(this.#head);
    const tail = join(this.#tail);
    const start = characterStart(tail, 0);
    const end = characterEnd(head);
    const omitted = this.#dropped + start + (head.length - end);
    const before = decoder.decode(head.subarray(0, end));
    return `${before}\n… [${omitted} bytes omitted] …\n${decoder.decode(tail.subarray(start))}`;
  }

  #compact(): void {
    const excess = Math.max(0, this.#tailSize - this.#tailLimit);
    if (this.#tail.length < 2 && excess === 0) return;
    this.#tail = [join(this.#tail).slice(excess)];
    this.#tailSize -= excess;
    this.#dropped += excess;
  }
}

/** The first index at or after `from` at which a UTF-8 character starts. */
export function characterStart(bytes: Uint8Array, from: number): number {
  let index = from;
  while (index < bytes.length && index < from + 3 && (bytes[index]! & 0xc0) === 0x80) index++;
  return index;
}

/** The length of `bytes` without a UTF-8 character that was cut off at the end. */
function characterEnd(bytes: Uint8Array): number {
  let start = bytes.length - 1;
  while (start > 0 && start > bytes.length - 4 && (bytes[start]! & 0xc0) === 0x80) start--;
  const lead = bytes[start] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return start >= 0 && start + length > bytes.length ? start : bytes.length;
}

function join(chunks: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}
