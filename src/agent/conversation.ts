// Owns: a conversation as a value: its size, its parts that belong together, and shorter forms of it.

import { clip, cut } from "../base/text.ts";
import type { ChatMessage } from "../llm/messages.ts";

const encoder = new TextEncoder();
const sizes = new WeakMap<ChatMessage, number>();
/** Bytes that each message costs besides its text. */
const perMessage = 16;

/** Bytes of one message, calls included. */
export function sizeOf(message: ChatMessage): number {
  let size = sizes.get(message);
  if (size === undefined) {
    size = encoder.encode(message.content ?? "").length + perMessage;
    for (const { function: called } of callsOf(message)) {
      size += encoder.encode(called.name + called.arguments).length + perMessage;
    }
    sizes.set(message, size);
  }
  return size;
}

/** Splits a conversation where it may be cut: answers of tools stay with the message that called them. */
export function intoUnits(messages: readonly ChatMessage[]): ChatMessage[][] {
  const units: ChatMessage[][] = [];
  for (const message of messages) {
    const open = units.at(-1);
    if (message.role === "tool" && open) open.push(message);
    else units.push([message]);
  }
  return units;
}

/** The conversation as text of about `most` characters: long answers are shortened first, then the middle. */
export function render(messages: readonly ChatMessage[], most: number): string {
  const names = new Map(messages.flatMap(callsOf).map((call) => [call.id, call.function.name]));
  for (const limit of [8000, 2000, 500, 150]) {
    const text = messages.map((message) => renderOne(message, names, limit)).join("\n\n");
    if (text.length <= most) return text;
    if (limit === 150) return withoutMiddle(text, most);
  }
  return "";
}

/** A note made without a model, of about `most` characters: which tools were called, and the last words. */
export function digest(
  messages: readonly ChatMessage[],
  earlier: string | null,
  most: number,
): string {
  const calls = messages.flatMap(callsOf).map(({ function: { name, arguments: args } }) =>
    `- ${name} ${cut(args.replace(/\s+/g, " "), 160)}`
  );
  const said = messages.flatMap((message) =>
    message.role === "assistant" && message.content?.trim() ? [message.content.trim()] : []
  );
  const shown: string[] = [];
  let size = 0;
  for (const call of calls.toReversed()) {
    size += call.length + 1;
    if (size > most / 3) break;
    shown.unshift(call);
  }
  const omitted = calls.length - shown.length;
  return [
    ...(earlier === null ? [] : [clip(earlier, Math.floor(most / 3))]),
    "Nobody summarised this part. It called these tools, whose answers were dropped:",
    [...(omitted > 0 ? [`(${omitted} earlier calls omitted)`] : []), ...shown].join("\n"),
    ...(said.length > 0
      ? [`The agent's last words in it: ${clip(said.at(-1)!, Math.floor(most / 6))}`]
      : []),
    "Look at the workspace before you repeat or rely on anything.",
  ].join("\n\n");
}

/**
 * Shortens tools' answers behind the first `pinned` messages, in place and the oldest first, until about
 * `excess` bytes are gone.
 */
export function shortenResults(messages: ChatMessage[], pinned: number, excess: number): void {
  let left = excess;
  for (const limit of [8000, 2000, 400]) {
    for (let index = pinned; index < messages.length && left > 0; index++) {
      const message = messages[index]!;
      if (message.role !== "tool" || message.content.length <= limit) continue;
      const shorter = { ...message, content: clip(message.content, limit) };
      left -= sizeOf(message) - sizeOf(shorter);
      messages[index] = shorter;
    }
  }
}

function callsOf(message: ChatMessage) {
  return message.role === "assistant" ? message.tool_calls ?? [] : [];
}

function renderOne(
  message: ChatMessage,
  names: ReadonlyMap<string, string>,
  limit: number,
): string {
  const text = clip(message.content ?? "", limit);
  switch (message.role) {
    case "tool":
      return `Answer of ${names.get(message.tool_call_id) ?? "a tool"}:\n${text}`;
    case "assistant":
      return [
        `The agent said: ${text || "(nothing)"}`,
        ...callsOf(message).map(({ function: called }) =>
          `It called ${called.name} with ${clip(called.arguments, limit)}`
        ),
      ].join("\n");
    case "user":
      return `It was told:\n${text}`;
    case "system":
      return `Its instructions:\n${text}`;
  }
}

function withoutMiddle(text: string, most: number): string {
  const half = Math.floor(most / 2);
  const omitted = text.length - 2 * half;
  return `${cut(text, half)}\n\n[${omitted} characters omitted]\n\n${text.slice(-half)}`;
}
