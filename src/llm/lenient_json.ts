// Owns: finding the one JSON object in what a model wrote.

/** The outcome of {@link parseLenientObject}. */
export type LenientObject =
  | { ok: true; value: Record<string, unknown> }
  | { ok: false; reason: string };

/**
 * Reads the JSON object in `text`: Markdown fences are stripped, then everything from the first `{`
 * to the last `}` must be one object. Never throws.
 */
export function parseLenientObject(text: string): LenientObject {
  const unfenced = text.replace(/^[ \t]*```[^\n`]*$/gm, "");
  const start = unfenced.indexOf("{");
  const end = unfenced.lastIndexOf("}");
  try {
    const value: unknown = JSON.parse(unfenced.slice(Math.max(0, start), end + 1));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return { ok: true, value: value as Record<string, unknown> };
    }
  } catch {
    // Falls through: whatever was wrong, the caller can only say that it was no JSON object.
  }
  return { ok: false, reason: "LLM returned malformed JSON" };
}
