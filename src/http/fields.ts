// Owns: what a request may say to an operation, and reading it from path, query and body.

import * as z from "zod";
import { HermesError } from "../base/errors.ts";
import type { AnyOperation, HttpOverlay } from "../ops/define.ts";

/** One field of an operation's input, as a request gives it. */
export interface WireField {
  /** The operation's name for it. */
  name: string;
  /** Its name on the wire. */
  wire: string;
  in: "path" | "query" | "body";
  required: boolean;
  /** JSON types that are understood. */
  types: ReadonlySet<string>;
  /** JSON Schema of the value. */
  schema: Record<string, unknown>;
}

/** What was said in a request, before anything is understood. */
export interface Said {
  path: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** The parsed body; undefined without one. */
  body: unknown;
}

type JsonSchema = Record<string, unknown>;

/** The fields of an operation at one address. */
export function wireFields(operation: AnyOperation, overlay: HttpOverlay<never>): WireField[] {
  const whole = z.toJSONSchema(operation.input, { io: "input", unrepresentable: "any" });
  const hidden = new Set([...overlay.omit ?? [], ...Object.keys(overlay.fixed ?? {})]);
  const inPath = new Set([...overlay.path.matchAll(/:(\w+)/g)].map(([, name]) => name));
  const bodiless = overlay.method === "GET" || overlay.method === "DELETE";
  return Object.entries(whole.properties ?? {}).flatMap(([name, value]) => {
    if (hidden.has(name)) return [];
    const schema = value as JsonSchema;
    const where = inPath.has(name)
      ? "path"
      : bodiless || overlay.query?.includes(name)
      ? "query"
      : "body";
    const given = overlay.defaults?.[name];
    return [{
      name,
      wire: overlay.rename?.[name] ?? name,
      in: where,
      required: (whole.required ?? []).includes(name) && given === undefined,
      types: typesOf(schema),
      schema: given === undefined ? schema : { ...schema, default: given },
    }];
  });
}

/**
 * The input of an operation, checked and as it was given. Fields nobody knows are left out; null counts as not given where a
 * value is expected that can be left out.
 *
 * @throws HermesError `malformed` for a wrong type or a missing field, `invalid` for a word that is none of
 * those allowed, `usage` for a body that is no object. All name the field.
 */
export function readInput(
  operation: Pick<AnyOperation, "name" | "input">,
  overlay: Pick<HttpOverlay<never>, "defaults" | "fixed">,
  fields: readonly WireField[],
  said: Said,
): Record<string, unknown> {
  const input: Record<string, unknown> = { ...overlay.defaults };
  const body = bodyOf(said.body);
  for (const field of fields) {
    const value = field.in === "path"
      ? said.path[field.wire]
      : field.in === "query"
      ? fromQuery(said.query, field)
      : own(body, field.wire);
    const absent = value === undefined ||
      (value === null && !field.types.has("null") && !field.required);
    if (absent) continue;
    input[field.name] = field.in === "path" ? fromText(value as string, field) : value;
  }
  const whole = { ...input, ...overlay.fixed };
  const parsed = operation.input.safeParse(whole, { reportInput: true });
  // The operation reads it once more: a text that became a time must not become another one.
  if (parsed.success) return whole;
  throw inputError(operation.name, parsed.error.issues, fields);
}

/** What is wrong with a value, in the words of the wire. */
function inputError(
  name: string,
  issues: readonly z.core.$ZodIssue[],
  fields: readonly WireField[],
): HermesError {
  const issue = issues[0]!;
  const [first, ...rest] = issue.path.map(String);
  const field = fields.find((it) => it.name === first);
  const path = [field?.wire ?? first ?? "body", ...rest].join(".");
  const word = issue.code === "invalid_value" && typeof issue.input === "string";
  const reason = issue.message
    .replace(/^Invalid (input|option|value): /, "")
    .replace("expected record", "expected an object")
    .replace("received undefined", "it is missing");
  return new HermesError(
    word ? "invalid" : "malformed",
    `Cannot ${name}: field "${path}" is invalid: ${reason}`,
    { details: { field: path } },
  );
}

function bodyOf(body: unknown): Record<string, unknown> {
  if (body === undefined) return {};
  if (typeof body === "object" && body !== null && !Array.isArray(body)) {
    return body as Record<string, unknown>;
  }
  throw new HermesError("malformed", "Cannot read the body: one JSON object is expected", {
    details: { field: "body" },
  });
}

/** A property of the object itself: `constructor` and its like are no fields. */
function own(body: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(body, name) ? body[name] : undefined;
}

/** The last value wins; a list takes all. An empty one stands for null where there can be one. */
function fromQuery(query: URLSearchParams, field: WireField): unknown {
  const values = query.getAll(field.wire);
  const last = values.at(-1);
  if (last === undefined) return undefined;
  if (field.types.has("array")) return values.filter((value) => value !== "");
  if (last === "") return field.types.has("null") ? null : undefined;
  return fromText(last, field);
}

const yes: readonly string[] = ["1", "true", "yes", "on"];
const no: readonly string[] = ["0", "false", "no", "off"];

/** What a text of an address means; one that does not fit stays a text, and is refused as such. */
function fromText(text: string, { types }: WireField): unknown {
  if (types.has("string")) return text;
  if ((types.has("number") || types.has("integer")) && /^-?\d{1,17}(\.\d+)?$/.test(text.trim())) {
    return Number(text);
  }
  if (types.has("boolean") && yes.includes(text.toLowerCase())) return true;
  if (types.has("boolean") && no.includes(text.toLowerCase())) return false;
  return text;
}

function typesOf(schema: JsonSchema): Set<string> {
  const types = new Set<string>();
  const { type, anyOf, oneOf, enum: words } = schema as {
    type?: string | string[];
    anyOf?: JsonSchema[];
    oneOf?: JsonSchema[];
    enum?: unknown[];
  };
  for (const name of [type ?? []].flat()) types.add(name);
  for (const word of words ?? []) types.add(word === null ? "null" : typeof word);
  for (const each of [...anyOf ?? [], ...oneOf ?? []]) {
    for (const name of typesOf(each)) types.add(name);
  }
  return types;
}
