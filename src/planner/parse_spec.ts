// Owns: from the specifier model's text to a title and a body.

import { parseLenientObject } from "../llm/lenient_json.ts";
import { textOf, titleOf } from "./model_text.ts";

/** A rewrite, or why the text is none. A null field keeps what the task has. */
export type ParsedSpec =
  | { ok: true; title: string | null; body: string | null }
  | { ok: false; reason: string };

/**
 * Reads the model's reply: a JSON object with `title` and `body`, in fences or prose or bare. A
 * reply that is no such object is taken as the body itself. Never throws.
 */
export function parseSpec(text: string): ParsedSpec {
  const parsed = parseLenientObject(text);
  if (parsed.ok) {
    const title = titleOf(parsed.value["title"]);
    const body = textOf(parsed.value["body"]);
    if (title !== null || body !== null) return { ok: true, title, body };
  }
  const prose = textOf(unwrapped(text));
  if (prose === null) return { ok: false, reason: "the model returned an empty answer" };
  // Braces inside of prose are an example; braces around everything are an answer of another form.
  if (parsed.ok && prose.startsWith("{") && prose.endsWith("}")) {
    return { ok: false, reason: "the answer has neither a title nor a body" };
  }
  return { ok: true, title: null, body: prose };
}

/** The text inside of a Markdown fence around all of it; fences within stay. */
function unwrapped(text: string): string {
  return /^\s*```[^\n`]*\n([^]*?)\n?[ \t]*```\s*$/.exec(text)?.[1] ?? text;
}
