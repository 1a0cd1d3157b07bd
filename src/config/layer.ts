// Owns: one source of configuration values (a file, the environment) and how sources are merged.

/** Path of a key inside the configuration tree. */
export type KeyPath = readonly PropertyKey[];

/** Values from one source, not yet checked. */
export interface Layer {
  values: Record<string, unknown>;
  /** Where the value at `path` comes from, for people: a file and line, or a variable. */
  origin(path: KeyPath): string;
}

/** `["kanban", "failure_limit"]` → `kanban.failure_limit`. */
export function keyText(path: KeyPath): string {
  return path.map(String).join(".");
}

/** Whether `value` is a mapping rather than a scalar or a list. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at `path`, or undefined. */
export function valueAt(values: unknown, path: KeyPath): unknown {
  let current = values;
  for (const key of path) {
    if (typeof current !== "object" || current === null) return undefined;
    if (!Object.hasOwn(current, key)) return undefined;
    current = (current as Record<PropertyKey, unknown>)[key];
  }
  return current;
}

/**
 * Merges layers, later ones over earlier ones. Mappings merge key by key, everything else is
 * replaced whole. A key without a value (`kanban:`) counts as absent.
 */
export function mergeLayers(layers: readonly Layer[]): Record<string, unknown> {
  return layers.reduce<Record<string, unknown>>((merged, layer) => merge(merged, layer.values), {});
}

function merge(
  under: Record<string, unknown>,
  over: Record<string, unknown>,
): Record<string, unknown> {
  const merged = new Map(Object.entries(under));
  for (const [key, value] of Object.entries(over)) {
    if (value === null || value === undefined) continue;
    const below = merged.get(key);
    merged.set(key, isMapping(value) ? merge(isMapping(below) ? below : {}, value) : value);
  }
  return Object.fromEntries(merged);
}
