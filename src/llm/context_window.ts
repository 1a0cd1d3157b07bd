// Owns: how much a model can read at once, as far as its name tells, and errors that say it was too much.

import { errorText, HermesError } from "../base/errors.ts";

/** Tokens when nothing is known about a model. */
const usualWindow = 128_000;

/**
 * Tokens that fit into models by name; the first match counts. Windows beyond 200,000 are not used whole
 * unless the configuration says so: every turn pays for what it sends.
 */
const windows: readonly (readonly [RegExp, number])[] = [
  [/\bgpt-3\.5/, 16_000],
  [/\bgpt-4(-0\d{3})?$/, 8_000],
  [/\bgpt-4-32k/, 32_000],
  [/\bgpt-4\.1|\bgpt-5|\bo[134]\b|\bo[134]-/, 200_000],
  [/claude|gemini-[12]\.5|gemini-[23]|grok-4/, 200_000],
  [/deepseek/, 64_000],
  [/mixtral|mistral-7b|codestral|qwen2?(\.5)?\b/, 32_000],
  [/llama-?2|vicuna/, 4_000],
  [/llama-?3(?![.-]?[123])|gemma-?2?(?!\d)|phi-?[23](?!\d)/, 8_000],
];

/** Tokens a model reads at most, guessed by its name, such as `openai/gpt-4o` or `qwen2.5:7b`. */
export function guessWindow(model: string): number {
  const name = model.toLowerCase();
  return windows.find(([pattern]) => pattern.test(name))?.[1] ?? usualWindow;
}

/** What a provider said when a conversation was too long for its model. */
export interface Overflow {
  /** Tokens the model takes, when the message names them. */
  limit: number | null;
}

const tooLong = new RegExp(
  [
    "context[ _-]?(length|window|size)",
    "maximum context",
    "(prompt|input|request|conversation) (is|was) too (long|large)",
    "too many (input )?tokens",
    "exceeds? (the )?(available |maximum |max )?(context|number of tokens|token limit|input token)",
    "reduce the length of",
  ].join("|"),
  "i",
);

const named =
  /(?:maximum context length|context (?:length|window|size)|limit)[^\d]{0,40}?(\d{4,8})/i;

/** Reads a failed call: null when it failed for another reason than its length. */
export function readOverflow(thrown: unknown): Overflow | null {
  if (!(thrown instanceof HermesError)) return null;
  const status = thrown.details?.["status"];
  if (typeof status !== "number" || status < 400 || status === 429) return null;
  const text = errorText(thrown);
  if (!tooLong.test(text)) return null;
  const limit = Number(named.exec(text.replace(/(\d)[,_](?=\d{3})/g, "$1"))?.[1]);
  return { limit: Number.isFinite(limit) && limit >= 1000 ? limit : null };
}
