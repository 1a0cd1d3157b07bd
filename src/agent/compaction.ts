// Owns: making room when a conversation fills the model's window: older turns become a note.

import { errorText } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { clip } from "../base/text.ts";
import type { Config } from "../config/schema.ts";
import { guessWindow, readOverflow } from "../llm/context_window.ts";
import type { ChatMessage, ModelClient, ModelReply } from "../llm/messages.ts";
import { digest, intoUnits, render, shortenResults, sizeOf } from "./conversation.ts";
import prompt from "./prompts/compact.txt" with { type: "text" };
import type { Transcript } from "./transcript.ts";

/** How much a model reads, and when to make room. */
export interface Window {
  /** Tokens of one request at most. */
  tokens: number;
  /** Share of it, above 0 and at most 1, beyond which older turns are summarised. */
  compactAt: number;
}

/** The window of a configured model. */
export function windowOf(
  agent: Pick<Config["agent"], "context_window" | "compact_at">,
  model: string,
): Window {
  return { tokens: agent.context_window || guessWindow(model), compactAt: agent.compact_at };
}

/** What making room needs. */
export interface CompactorOptions {
  client: Pick<ModelClient, "chat">;
  window: Window;
  /** Messages at the beginning that stay as they are: the system prompt, and a task's brief. */
  pinned: number;
  /** Bytes that every request carries besides its messages: the tools' schemas. */
  overheadBytes: number;
  transcript: Transcript;
  /** Called with the summarising model's replies, which cost like any other. */
  onReply(reply: ModelReply): Promise<void> | void;
  signal: AbortSignal;
  log: Log;
}

/** Tokens per byte of text before the model has said how it counts. */
const usualRatio = 0.28;
/** Share of what prompt and brief leave below the threshold that the newest turns keep word for word. */
const tailShare = 0.5;
/** Share of the window that they keep at least. */
const leastTailShare = 0.1;
/** Share of the window that the older part may take when it is summarised. */
const summaryInput = 0.6;
/** Share of the window below which an older part is not worth a call of the model. */
const worthShare = 0.1;
/** Characters of a note, and the share of the window it may take. */
const longestNote = 12_000;
const shortestNote = 1500;
const noteShare = 0.12;

const noteHead = "# Note on the earlier part of this conversation\n\n" +
  "The turns before this point were replaced by this note to make room.\n\n";

/** Keeps one conversation within its model's window. */
export class Compactor {
  readonly #options: CompactorOptions;
  #tokens: number;
  #ratio = usualRatio;
  /** The pinned message that carries the note, as it was without one. */
  #bare: ChatMessage | null = null;
  #note: string | null = null;

  constructor(options: CompactorOptions) {
    this.#options = options;
    this.#tokens = options.window.tokens;
  }

  /** Tokens that a request with these messages has, as far as can be told. */
  estimate(messages: readonly ChatMessage[]): number {
    return Math.ceil(this.#bytes(messages) * this.#ratio);
  }

  /** Learns from a reply how the model counts. */
  observe(messages: readonly ChatMessage[], inputTokens: number | null): void {
    const bytes = this.#bytes(messages);
    if (inputTokens === null || inputTokens <= 0 || bytes < 2000) return;
    this.#ratio = Math.min(1, Math.max(0.1, inputTokens / bytes));
  }

  /**
   * Makes room in `messages`, in place, once they pass the threshold. A call of a tool and its answer stay
   * together or go together.
   *
   * @returns whether anything was replaced.
   */
  async fit(messages: ChatMessage[]): Promise<boolean> {
    if (this.estimate(messages) <= this.#threshold) return false;
    return await this.#compact(messages);
  }

  /**
   * Makes room after the provider refused a request for its length.
   *
   * @returns false when `thrown` is another failure or nothing can be left out.
   */
  async overflowed(messages: ChatMessage[], thrown: unknown): Promise<boolean> {
    const overflow = readOverflow(thrown);
    if (!overflow) return false;
    const sent = this.estimate(messages);
    // It was too much for the model, whatever was believed: less than that is allowed from now on.
    this.#tokens = Math.floor(Math.min(overflow.limit ?? this.#tokens, this.#tokens, sent * 0.9));
    this.#options.log.warn("the conversation is too long for the model", { window: this.#tokens });
    return await this.#compact(messages) && this.estimate(messages) < sent;
  }

  get #threshold(): number {
    return this.#tokens * this.#options.window.compactAt;
  }

  #bytes(messages: readonly ChatMessage[]): number {
    return messages.reduce((sum, each) => sum + sizeOf(each), this.#options.overheadBytes);
  }

  async #compact(messages: ChatMessage[]): Promise<boolean> {
    const { pinned, transcript, log } = this.#options;
    const before = this.estimate(messages);
    const units = intoUnits(messages.slice(pinned));
    const kept = this.#newest(units, messages.slice(0, pinned));
    const older = units.slice(0, units.length - kept).flat().filter((message) => !isNote(message));
    let how: "summary" | "cut" = "cut";
    if (older.length > 0) {
      const summary = this.#isWorthAsking(older) ? await this.#summarise(older) : null;
      if (summary !== null) how = "summary";
      const most = this.#noteLimit;
      this.#note = clip(summary ?? digest(older, this.#note, most), most);
      this.#replace(messages, units.slice(units.length - kept).flat());
    }
    const room = this.#threshold / this.#ratio;
    const excess = this.#bytes(messages) - room;
    if (excess > 0) shortenResults(messages, pinned, excess);
    const after = this.estimate(messages);
    if (after === before && older.length === 0) return false;
    log.info("made room in the conversation", { how, before, after, dropped: older.length });
    await transcript.record({
      kind: "compaction",
      how,
      tokensBefore: before,
      tokensAfter: after,
      dropped: older.length,
      note: this.#note ?? "",
    });
    return true;
  }

  get #noteLimit(): number {
    const share = Math.floor(this.#tokens * noteShare / this.#ratio);
    return Math.min(longestNote, Math.max(shortestNote, share));
  }

  /** How many of the newest units stay word for word; never none. */
  #newest(units: readonly ChatMessage[][], head: readonly ChatMessage[]): number {
    const left = this.#threshold - this.estimate(head);
    const room = Math.max(left * tailShare, this.#tokens * leastTailShare) / this.#ratio;
    let size = 0;
    let count = 0;
    for (const unit of units.toReversed()) {
      size += unit.reduce((sum, message) => sum + sizeOf(message), 0);
      if (count > 0 && size > room) break;
      count++;
    }
    return count;
  }

  /** Where prompt and brief nearly fill a small window, every turn would pay for a summary of the one before. */
  #isWorthAsking(older: readonly ChatMessage[]): boolean {
    const size = older.reduce((sum, message) => sum + sizeOf(message), 0);
    return size * this.#ratio >= this.#tokens * worthShare;
  }

  async #summarise(older: readonly ChatMessage[]): Promise<string | null> {
    const { client, signal, log, onReply } = this.#options;
    const most = Math.floor(this.#tokens * summaryInput / this.#ratio);
    const earlier = this.#note === null ? "" : `# Earlier note\n\n${this.#note}\n\n`;
    try {
      const reply = await client.chat({
        messages: [
          { role: "system", content: prompt },
          { role: "user", content: `${earlier}# Older part\n\n${render(older, most)}` },
        ],
        maxTokens: Math.min(4000, Math.max(500, Math.floor(this.#tokens / 8))),
        signal,
      });
      await onReply(reply);
      // Half a note would pass for a whole one.
      if (reply.finishReason === "length" || reply.text.trim() === "") return null;
      return reply.text.trim();
    } catch (thrown) {
      signal.throwIfAborted();
      log.warn("older turns could not be summarised; cutting them", { error: errorText(thrown) });
      return null;
    }
  }

  /** Puts the note in front of `tail`, without two messages of the same speaker in a row. */
  #replace(messages: ChatMessage[], tail: readonly ChatMessage[]): void {
    const { pinned } = this.#options;
    const text = noteHead + this.#note;
    const last = this.#bare ?? messages[pinned - 1];
    const head = messages.slice(0, pinned);
    if (last?.role === "user") {
      this.#bare = last;
      head[pinned - 1] = { role: "user", content: `${last.content}\n\n${text}` };
    } else {
      head.push({ role: "user", content: text });
      if (tail[0]?.role === "user") {
        head.push({ role: "assistant", content: "I go on from this note." });
      }
    }
    messages.splice(0, messages.length, ...head, ...tail);
  }
}

/** An earlier note goes into the next one by itself. */
function isNote(message: ChatMessage): boolean {
  return message.role === "user" && message.content.startsWith(noteHead);
}
