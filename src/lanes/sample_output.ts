// Owns: output that a lane's own rules can read, for trying out everything around the program. Pure.

import { findInLine } from "./find.ts";
import type { OutputSpec, Rule } from "./manifest.ts";

/** What the output is to say. */
export interface SampleFacts {
  session?: string;
  final?: string;
  model?: string;
  input_tokens?: number;
  output_tokens?: number;
  cost_usd?: number;
  /** What went wrong; the program says that it failed. */
  error?: string;
  /** The provider is busy. */
  rateLimited?: boolean;
}

/** A sentence that most programs' rules take for a rate limit. */
export const busySentence = "429 Too Many Requests: rate limit reached, try again later";

type Tree = Record<string, unknown>;

/** Lines for standard output, and for standard error. */
export function sampleOutput(
  spec: OutputSpec,
  facts: SampleFacts,
): { stdout: string[]; stderr: string[] } {
  if (spec.format === "text") {
    const error = facts.rateLimited ? busySentence : facts.error;
    const final = facts.final === undefined ? [] : [facts.final];
    return { stdout: final, stderr: error === undefined ? [] : [error] };
  }
  const events = new Events();
  for (const field of ["session", "model", "final", "input_tokens", "output_tokens", "cost_usd"]) {
    const value = facts[field as keyof SampleFacts];
    const rule = spec[field as "session"].find((each) => each.take !== undefined);
    if (value !== undefined && rule) events.add(rule, value);
  }
  const failure = facts.rateLimited ? busySentence : facts.error;
  if (failure !== undefined) {
    for (const rule of [...spec.failed.slice(0, 1), ...spec.error.slice(0, 1)]) {
      events.add(rule, failure);
    }
  }
  if (facts.rateLimited) {
    const rule = spec.rate_limit.find((each) => each.when !== undefined || each.take !== undefined);
    if (rule) events.add(rule, busySentence);
  }
  const objects = events.objects();
  const stdout = spec.format === "json"
    ? [JSON.stringify(objects.reduce(mergeTrees, {}))]
    : objects.map((object) => JSON.stringify(object));
  const says = facts.rateLimited && spec.rate_limit.some((each) => findInLine(each, busySentence));
  return { stdout, stderr: says ? [busySentence] : [] };
}

/** One object for each condition. */
class Events {
  readonly #byCondition = new Map<string, Tree>();

  add(rule: Rule, value: unknown): void {
    const key = JSON.stringify(rule.when ?? {});
    let event = this.#byCondition.get(key);
    if (event === undefined) {
      event = {};
      for (const [path, expected] of Object.entries(rule.when ?? {})) {
        place(event, path.split("."), Array.isArray(expected) ? expected[0] : expected);
      }
      this.#byCondition.set(key, event);
    }
    const [first] = Array.isArray(rule.take) ? rule.take : [rule.take];
    if (first !== undefined) place(event, first.split("."), value);
  }

  objects(): Tree[] {
    return [...this.#byCondition.values()];
  }
}

/** Puts a value at a path; `*` becomes a list of one. */
function place(tree: Tree, [key = "", ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    tree[key] = value;
  } else if (rest[0] === "*") {
    const item: Tree = {};
    if (rest.length > 1) place(item, rest.slice(1), value);
    tree[key] = [rest.length > 1 ? item : value];
  } else {
    const below = tree[key];
    const inside = typeof below === "object" && below !== null ? below as Tree : {};
    tree[key] = inside;
    place(inside, rest, value);
  }
}

function mergeTrees(a: Tree, b: Tree): Tree {
  const merged = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const below = merged[key];
    const both = isTree(below) && isTree(value);
    merged[key] = both ? mergeTrees(below, value) : value;
  }
  return merged;
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
