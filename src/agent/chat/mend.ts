// Owns: making a conversation whole that was interrupted or lost lines, so that every provider takes it.

import type { ChatMessage } from "../../llm/messages.ts";

/** What stands where an answer should: the model broke off, was interrupted, or its line was lost. */
export const missingAnswer = "[interrupted]";

/**
 * The conversation with what providers insist on: every call of a tool is answered right behind the
 * message that makes it, no answer is without its call, and a person's message follows the model's. The
 * result never waits for the model.
 */
export function mended(messages: readonly ChatMessage[]): ChatMessage[] {
  const whole: ChatMessage[] = [];
  const waiting: string[] = [];
  const answerAll = () => {
    for (const id of waiting.splice(0)) {
      whole.push({ role: "tool", tool_call_id: id, content: missingAnswer });
    }
  };
  const giveTurn = () => {
    answerAll();
    const last = whole.at(-1);
    if (last && last.role !== "assistant") {
      whole.push({ role: "assistant", content: missingAnswer });
    }
  };
  for (const message of messages) {
    if (message.role === "tool") {
      const at = waiting.indexOf(message.tool_call_id);
      if (at < 0) continue;
      waiting.splice(at, 1);
    } else if (message.role === "user") giveTurn();
    else answerAll();
    const isEmpty = message.role === "assistant" && !message.content && !message.tool_calls?.length;
    if (isEmpty) continue;
    whole.push(message);
    if (message.role === "assistant") {
      waiting.push(...message.tool_calls?.map(({ id }) => id) ?? []);
    }
  }
  giveTurn();
  return whole;
}
