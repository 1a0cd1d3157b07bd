// Owns: reading what a foreign program prints: its last words, usage, session, and how it failed.

import { findInLine, findInObject } from "./find.ts";
import type { OutputSpec, Rule } from "./manifest.ts";

/** Characters of one line that are read as JSON. */
const longestJson = 8 * 1024 * 1024;

/** Characters kept of the last words. */
const longestFinal = 64 * 1024;

/** Lines of text that count as the last words of a program that has no other, and characters of each. */
const finalLines = 40;
const finalWidth = 2000;

/** Last lines kept for when nothing better tells what happened, and characters of each. */
const tailLines = 12;
const tailWidth = 400;

/** What a program's output says. Null means that it does not say. */
export interface Reading {
  session: string | null;
  final: string | null;
  model: string | null;
  inputTokens: number | null;
  outputTokens: number | null;
  /** US dollars. */
  costUsd: number | null;
  /** It says itself that it failed. */
  failed: boolean;
  error: string | null;
  /** It speaks of a rate limit. Together with failure that is why. */
  rateLimited: boolean;
  /** Epoch second. */
  retryAt: number | null;
  /** The last lines, oldest first. */
  tail: string[];
}

type Field = Exclude<keyof OutputSpec, "format" | "counts">;

/** Follows the output of one process, line by line. */
export class OutputReader {
  readonly #spec: OutputSpec;
  readonly #found = new Map<Rule, string | number | true>();
  #tail: string[] = [];
  #words: string[] = [];
  #whole: string[] = [];
  #wholeSize = 0;

  constructor(spec: OutputSpec) {
    this.#spec = spec;
  }

  /** Takes one line without its end. */
  line(text: string, stream: "stdout" | "stderr"): void {
    if (text.trim() !== "") {
      this.#tail.push(text.slice(0, tailWidth));
      if (this.#tail.length > tailLines) this.#tail.shift();
    }
    const { format } = this.#spec;
    if (stream === "stdout" && format === "text") {
      this.#words.push(text.slice(0, finalWidth));
      if (this.#words.length > finalLines) this.#words.shift();
    }
    if (stream === "stdout" && format === "json") this.#keep(text);
    if (stream === "stdout" && format === "json_lines") {
      const object = objectIn(text);
      if (object !== null) this.#note((rule) => findInObject(rule, object));
    }
    this.#note((rule) => findInLine(rule, text));
  }

  /** What was found so far. */
  reading(): Reading {
    const { format } = this.#spec;
    const final = this.#text("final");
    const isText = format === "text" && this.#spec.final.length === 0;
    return {
      session: this.#text("session"),
      final: final ?? (isText ? this.#words.join("\n").trim() || null : null),
      model: this.#text("model"),
      inputTokens: wholeNumber(this.#number("input_tokens")),
      outputTokens: wholeNumber(this.#number("output_tokens")),
      costUsd: this.#number("cost_usd"),
      failed: this.#spec.failed.some((rule) => this.#found.has(rule)),
      error: this.#text("error"),
      rateLimited: this.#spec.rate_limit.some((rule) => this.#found.has(rule)),
      retryAt: this.#number("retry_at"),
      tail: this.#tail,
    };
  }

  #keep(text: string): void {
    this.#wholeSize += text.length + 1;
    if (this.#wholeSize <= longestJson) this.#whole.push(text);
  }

  /** Called once there are no more lines: a program that prints one JSON text is read now. */
  end(): void {
    if (this.#whole.length === 0 || this.#wholeSize > longestJson) return;
    const text = this.#whole.join("\n");
    // Some programs greet before they answer.
    const object = objectIn(text) ??
      objectIn(text.slice(Math.max(0, text.indexOf("{")), text.lastIndexOf("}") + 1));
    if (object === null) return;
    this.#whole = [];
    this.#note((rule) => findInObject(rule, object));
  }

  #note(find: (rule: Rule) => string | number | true | null): void {
    for (const field of fields) {
      for (const rule of this.#spec[field]) {
        const value = find(rule);
        if (value === null || value === "") continue;
        this.#found.set(rule, combine(this.#found.get(rule), value, rule.mode));
      }
    }
  }

  /** The value of the first rule that found one. */
  #value(field: Field): string | number | null {
    for (const rule of this.#spec[field]) {
      const value = this.#found.get(rule);
      if (value !== undefined && value !== true && String(value).trim() !== "") return value;
    }
    return null;
  }

  #text(field: Field): string | null {
    const value = this.#value(field);
    return value === null ? null : String(value).trim();
  }

  #number(field: Field): number | null {
    const value = this.#value(field);
    const number = value === null ? NaN : Number(String(value).replaceAll(",", ""));
    return Number.isFinite(number) && number >= 0 ? number : null;
  }
}

const fields: readonly Field[] = [
  ...["session", "final", "model", "input_tokens", "output_tokens", "cost_usd"] as const,
  ...["failed", "error", "rate_limit", "retry_at"] as const,
];

function combine(
  before: string | number | true | undefined,
  value: string | number | true,
  mode: Rule["mode"],
): string | number | true {
  if (before === undefined || before === true || mode === "last") return clipFinal(value);
  if (mode === "append") return clipFinal(`${before}${value}`);
  const sum = Number(before) + Number(value);
  return Number.isFinite(sum) ? sum : value;
}

/** The end counts: that is where results stand. */
function clipFinal(value: string | number | true): string | number | true {
  return typeof value === "string" ? value.slice(-longestFinal) : value;
}

function wholeNumber(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}

function objectIn(text: string): object | null {
  const start = text.trimStart();
  if (!start.startsWith("{") || text.length > longestJson) return null;
  try {
    return JSON.parse(start);
  } catch {
    return null;
  }
}
