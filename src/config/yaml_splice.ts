// Owns: where in a YAML text one scalar sits or would go, and cutting it in there.

import { isDeepStrictEqual } from "node:util";
import { isMap, isScalar, parseDocument, stringify } from "yaml";
import type { Document, Pair, Scalar, YAMLMap } from "yaml";
import { isMapping } from "./layer.ts";

type Value = string | number | boolean;

/**
 * `text` with `value` at `path`; null when a parent on the way holds something else than keys.
 * A value that exists is replaced in place; a new key becomes the last one of its mapping. Where
 * that is not possible (mappings in braces, anchors) the document is written anew, comments kept.
 */
export function spliceYaml(text: string, path: readonly string[], value: Value): string | null {
  const document = parseDocument(text);
  const wanted = withValue(document.toJS(), path, value);
  if (wanted === null) return null;
  const spliced = splice(text, document, path, value);
  return spliced !== null && holds(spliced, wanted) ? spliced : rewritten(document, path, value);
}

function withValue(values: unknown, path: readonly string[], value: Value): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const mapping = values ?? {};
  if (!isMapping(mapping)) return null;
  const below = withValue(Object.hasOwn(mapping, key) ? mapping[key] : null, rest, value);
  return below === null ? null : { ...mapping, [key]: below };
}

function holds(text: string, wanted: unknown): boolean {
  const document = parseDocument(text);
  return document.errors.length === 0 && isDeepStrictEqual(document.toJS(), wanted);
}

function splice(
  text: string,
  document: Document,
  path: readonly string[],
  value: Value,
): string | null {
  const found = document.getIn(path, true);
  if (isWritten(found)) return replaceText(text, found, render(value));
  const { depth, map, pair } = deepestMapping(document, path);
  if (map?.flow) return null;
  if (isWritten(pair?.value)) return spliceYaml(replaceText(text, pair.value, ""), path, value);
  if (pair && depth === path.length) return fillIn(text, pair, value);
  return insertLines(text, map, pair, path.slice(depth), value);
}

/** Whether `node` is a scalar with text of its own, unlike the empty value of a bare `key:`. */
function isWritten(node: unknown): node is Scalar {
  return isScalar(node) && node.range![1] > node.range![0];
}

/** Follows `path` down; `pair` is set when the last step found a key that holds no mapping. */
function deepestMapping(document: Document, path: readonly string[]) {
  let map = isMap(document.contents) ? document.contents : null;
  let pair: Pair | null = null;
  let depth = 0;
  while (map && !pair && depth < path.length) {
    const next = map.items.find((item) => isScalar(item.key) && item.key.value === path[depth]);
    if (!next) break;
    depth += 1;
    if (isMap(next.value)) map = next.value;
    else pair = next;
  }
  return { depth, map, pair };
}

function replaceText(text: string, scalar: Scalar, replacement: string): string {
  const [start, end] = scalar.range!;
  const isBlock = scalar.type === "BLOCK_LITERAL" || scalar.type === "BLOCK_FOLDED";
  const tail = isBlock && text[end - 1] === "\n" ? eolOf(text) : "";
  return text.slice(0, start) + replacement + tail + text.slice(end);
}

/** A bare `key:` gets its value on the same line, before any comment. */
function fillIn(text: string, pair: Pair, value: Value): string | null {
  const colon = text.indexOf(":", keyRange(pair)[1]);
  return colon < 0 ? null : `${text.slice(0, colon + 1)} ${render(value)}${text.slice(colon + 1)}`;
}

/** Adds the keys `rest` leads to as lines of their own, below `pair` or at the end of `map`. */
function insertLines(
  text: string,
  map: YAMLMap | null,
  pair: Pair | null,
  rest: readonly string[],
  value: Value,
): string {
  const eol = eolOf(text);
  const margin = (map ? columnOf(text, map) : 0) + (pair ? 2 : 0);
  const lines = rest.map((key, index) => {
    const isLast = index === rest.length - 1;
    return `${" ".repeat(margin + 2 * index)}${render(key)}:${isLast ? ` ${render(value)}` : ""}`;
  });
  const at = pair ? endOfLine(text, keyRange(pair)[1]) : endOfMapping(text, map);
  const before = text.slice(0, at);
  const joint = before === "" || before.endsWith("\n") ? "" : eol;
  return before + joint + lines.join(eol) + eol + text.slice(at);
}

function rewritten(document: Document, path: readonly string[], value: Value): string {
  if (!isMap(document.contents)) document.contents = null;
  document.setIn(path, value);
  return document.toString({ lineWidth: 0 });
}

function endOfMapping(text: string, map: YAMLMap | null): number {
  const last = map?.items.at(-1);
  if (!last) return text.length;
  const value = last.value as { range?: [number, number, number] | null } | null;
  return endOfLine(text, value?.range?.[1] ?? keyRange(last)[1]);
}

/** Offset just behind the line that contains the character before `offset`. */
function endOfLine(text: string, offset: number): number {
  if (text[offset - 1] === "\n") return offset;
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}

function columnOf(text: string, map: YAMLMap): number {
  const start = keyRange(map.items[0]!)[0];
  return start - (text.lastIndexOf("\n", start - 1) + 1);
}

function keyRange(pair: Pair): [number, number, number] {
  return (pair.key as Scalar).range!;
}

function eolOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** One line of YAML, quoted only where plain text would be read as something else. */
function render(value: Value): string {
  const isLong = typeof value === "string" && /[\r\n]/.test(value);
  return isLong ? JSON.stringify(value) : stringify(value, { lineWidth: 0 }).trimEnd();
}
