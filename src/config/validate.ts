// Owns: checking merged values against the schema, and the words for what is wrong with them.

import * as z from "zod";
import { HermesError } from "../base/errors.ts";
import { suggest } from "../base/suggest.ts";
import { isMapping, keyText, mergeLayers, valueAt } from "./layer.ts";
import type { KeyPath, Layer } from "./layer.ts";
import { configSchema } from "./schema.ts";
import type { Config } from "./schema.ts";

type Issue = z.core.$ZodIssue;

/**
 * Merges `layers` (later ones win) and fills in the defaults. Unknown keys only warn.
 *
 * @throws HermesError `config` naming the source, the key, what was found and what is expected.
 */
export function validateLayers(layers: readonly Layer[]): { config: Config; warnings: string[] } {
  const merged = mergeLayers(layers);
  const parsed = configSchema.safeParse(merged);
  if (!parsed.success) throw wrongValue(parsed.error.issues[0]!, layers);
  return { config: parsed.data, warnings: layers.flatMap(unknownKeyWarnings) };
}

function wrongValue(issue: Issue, layers: readonly Layer[]): HermesError {
  const owner = layers.findLast((layer) => valueAt(layer.values, issue.path) !== undefined);
  const origin = owner?.origin(issue.path) ?? "the configuration";
  const value = owner ? valueAt(owner.values, issue.path) : undefined;
  const found = issue.path.at(-1) === "api_key" ? "an unusable value" : describe(value);
  const key = keyText(issue.path);
  const expected = expectation(issue);
  return new HermesError(
    "config",
    `Cannot use config key "${key}": found ${found} in ${origin}, expected ${expected}`,
    {
      remedy: `Give ${key} ${expected}, or remove it to get the default`,
      details: { key, origin, expected },
    },
  );
}

function describe(found: unknown): string {
  if (found === undefined) return "nothing";
  if (Array.isArray(found)) return "a list";
  if (isMapping(found)) return "a mapping";
  return typeof found === "string" ? `the text "${found.slice(0, 80)}"` : String(found);
}

function expectation(issue: Issue): string {
  if (issue.code === "too_small") {
    return `a number ${issue.inclusive ? "of at least" : "above"} ${issue.minimum}`;
  }
  if (issue.code !== "invalid_type") return issue.message.toLowerCase();
  switch (issue.expected) {
    case "int":
      return "a whole number";
    case "number":
      return "a number";
    case "string":
      return "a text";
    case "boolean":
      return "true or false";
    case "array":
      return "a list";
    default:
      return "a mapping of keys to values";
  }
}

function unknownKeyWarnings(layer: Layer): string[] {
  const known = new Map<string, KeyPath>();
  const warnings: string[] = [];
  collectKeys(configSchema, [], known);
  visit(layer.values, configSchema, []);
  return warnings;

  function visit(values: unknown, schema: unknown, path: KeyPath): void {
    const shape = shapeOf(schema);
    if (!shape || !isMapping(values)) return;
    for (const [key, value] of Object.entries(values)) {
      const here = [...path, key];
      if (Object.hasOwn(shape, key)) visit(value, shape[key], here);
      else warnings.push(unknownKey(here, Object.keys(shape)));
    }
  }

  function unknownKey(path: KeyPath, siblings: string[]): string {
    const name = String(path.at(-1));
    const sibling = suggest(name, siblings);
    const better = sibling ? keyText([...path.slice(0, -1), sibling]) : elsewhere(name, known);
    const hint = better ? `did you mean ${better}?` : "it is ignored";
    return `Unknown config key "${keyText(path)}" in ${layer.origin(path)}: ${hint}`;
  }
}

/** The one known key whose last part is `name`, for keys put in the wrong section. */
function elsewhere(name: string, known: Map<string, KeyPath>): string | null {
  const matches = [...known].filter(([, path]) => path.at(-1) === name);
  return matches.length === 1 ? matches[0]![0] : null;
}

function collectKeys(schema: unknown, path: KeyPath, into: Map<string, KeyPath>): void {
  const shape = shapeOf(schema);
  if (!shape) return;
  for (const [key, child] of Object.entries(shape)) {
    const here = [...path, key];
    into.set(keyText(here), here);
    collectKeys(child, here, into);
  }
}

/** The keys of a mapping with fixed keys; null for scalars, lists and free mappings. */
function shapeOf(schema: unknown): Record<string, unknown> | null {
  let inner = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault) inner = inner.unwrap();
  return inner instanceof z.ZodObject ? inner.shape : null;
}
