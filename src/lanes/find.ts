// Owns: finding one fact in a JSON object or a line of text by a rule. Pure.

import type { Rule } from "./manifest.ts";

/** Characters of a value or line that a pattern is held against. */
const patternLimit = 20_000;

/** Values at a path of keys; `*` stands for every item of a list and every value of an object. */
export function valuesAt(value: unknown, path: string): unknown[] {
  let found: unknown[] = [value];
  for (const key of path.split(".")) {
    found = found.flatMap((each) => {
      if (typeof each !== "object" || each === null) return [];
      if (key === "*") return Object.values(each);
      return Object.hasOwn(each, key) ? [(each as Record<string, unknown>)[key]] : [];
    });
  }
  return found.filter((each) => each !== undefined && each !== null);
}

/** What a rule finds in an object; null when it does not apply, true when it asks for no value. */
export function findInObject(rule: Rule, object: unknown): string | number | true | null {
  if (rule.when === undefined && rule.take === undefined) return null;
  for (const [path, expected] of Object.entries(rule.when ?? {})) {
    const wanted: unknown[] = Array.isArray(expected) ? expected : [expected];
    if (!valuesAt(object, path).some((value) => wanted.includes(value))) return null;
  }
  if (rule.take === undefined) return true;
  const paths = Array.isArray(rule.take) ? rule.take : [rule.take];
  const values = paths.flatMap((path) => valuesAt(object, path));
  if (values.length > 0 && values.every((value) => typeof value === "number")) {
    return values.reduce((sum, value) => sum + value, 0);
  }
  const texts = values.filter((value) => typeof value === "string");
  if (texts.length === 0) return null;
  const text = texts.join("\n");
  return rule.pattern === undefined ? text : matchOf(rule.pattern, text);
}

/** What a rule finds in a line; null for rules about objects. */
export function findInLine(rule: Rule, line: string): string | null {
  if (rule.pattern === undefined || rule.when !== undefined || rule.take !== undefined) return null;
  return matchOf(rule.pattern, line);
}

function matchOf(pattern: string, text: string): string | null {
  const match = new RegExp(pattern, "i").exec(text.slice(0, patternLimit));
  return match ? match[1] ?? match[0] : null;
}
