// Owns: turning words of a command line into values of an operation's input.

import { HermesError } from "../base/errors.ts";
import { parseDuration } from "../base/duration.ts";
import { parseUsd } from "../base/money.ts";
import { parseMoment } from "../base/moment.ts";
import type { CliField } from "../ops/define.ts";
import { absolutePath } from "../platform/paths.ts";
import type { Field } from "./fields.ts";

/** What reading a value may need of the machine. */
export interface ValueSources {
  /** The user's home folder, for `~`. */
  home: string | undefined;
  stdin(): Promise<string>;
}

/** The input fields that one typed value fills; usually the field itself. */
export async function readValue(
  field: Field,
  overlay: CliField | undefined,
  typed: string | readonly string[],
  sources: ValueSources,
): Promise<Record<string, unknown>> {
  const absolute = (path: string) => absolutePath(expandTilde(path, sources.home));
  if (Array.isArray(typed)) {
    return { [field.name]: overlay?.parse === "path" ? typed.map(absolute) : typed };
  }
  const text = typed as string;
  switch (overlay?.parse) {
    case "assignee":
      return { [field.name]: text === "" || text.toLowerCase() === "none" ? null : text };
    case "content":
      return { [field.name]: await readContent(text, absolute(text), sources) };
    case "duration":
      return { [field.name]: parseDuration(text) };
    case "moment":
      return { [field.name]: parseMoment(text) };
    case "money":
      return { [field.name]: parseUsd(text) };
    case "path":
      return { [field.name]: absolute(text) };
    case "text":
      return { [field.name]: text === "-" ? await sources.stdin() : text };
    case "workspace":
      return readWorkspace(text, sources.home);
  }
  if (field.kind === "number") return { [field.name]: readNumber(field.name, text) };
  if (field.kind === "object") return { [field.name]: readObject(field.name, text) };
  return { [field.name]: text };
}

/** @throws HermesError `not_found`, or `io`. */
async function readContent(typed: string, path: string, sources: ValueSources): Promise<string> {
  if (typed === "-") return await sources.stdin();
  const { readTextIfExists } = await import("../platform/files.ts");
  const content = await readTextIfExists(path);
  if (content !== null) return content;
  throw new HermesError("not_found", `Cannot read file "${path}": it does not exist`);
}

/**
 * `scratch`, `dir:<path>`, `worktree:<path>`, or one of the latter two alone for the board's own folder.
 *
 * @throws HermesError `usage`.
 */
export function readWorkspace(
  text: string,
  home: string | undefined,
): { workspace_kind: string; workspace_path?: string } {
  const colon = text.indexOf(":");
  const kind = colon < 0 ? text : text.slice(0, colon);
  const path = colon < 0 ? undefined : text.slice(colon + 1).trim();
  const remedy = "Write scratch, dir:<path> or worktree:<path of a git repository>.";
  if (!["scratch", "dir", "worktree"].includes(kind)) {
    throw new HermesError("usage", `Cannot use workspace "${text}": unknown kind`, { remedy });
  }
  if (path === "") {
    throw new HermesError("usage", `Cannot use workspace "${text}": the path is empty`, { remedy });
  }
  return path === undefined
    ? { workspace_kind: kind }
    : { workspace_kind: kind, workspace_path: expandTilde(path, home) };
}

/**
 * A JSON object.
 *
 * @throws HermesError `usage` naming where the text stops being JSON.
 */
export function readObject(name: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new HermesError(
      "usage",
      `Cannot read --${name}: not valid JSON ${jsonPlace(text, (error as Error).message)}`,
      { remedy: `Quote it for the shell: --${name} '{"files": ["notes.md"]}'` },
    );
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  const kind = Array.isArray(value) ? "a list" : value === null ? "null" : `a ${typeof value}`;
  throw new HermesError("usage", `Cannot read --${name}: expected a JSON object, got ${kind}`, {
    remedy: `Write an object: --${name} '{"files": ["notes.md"]}'`,
  });
}

/** `at line 1, column 12 (near …)`. */
function jsonPlace(text: string, message: string): string {
  const position = /position (\d+)/.exec(message)?.[1];
  const at = position === undefined ? firstBadCharacter(text) : Number(position);
  const before = text.slice(0, at).split("\n");
  const rest = text.slice(at, at + 12);
  const near = rest === "" ? "the text ends too early" : `near ${JSON.stringify(rest)}`;
  return `at line ${before.length}, column ${before.at(-1)!.length + 1} (${near})`;
}

/** Index of the character that makes a text wrong; the parser does not tell it for unexpected tokens. */
function firstBadCharacter(text: string): number {
  let [good, bad] = [0, text.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isWrong(text.slice(0, middle))) bad = middle;
    else good = middle;
  }
  return bad - 1;
}

/** Whether no ending could make the beginning of a text valid JSON. */
function isWrong(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return false;
  } catch (error) {
    return (error as Error).message.startsWith("Unexpected token");
  }
}

function readNumber(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  throw new HermesError("usage", `Cannot read ${name} "${text}": expected a number`);
}

function expandTilde(path: string, home: string | undefined): string {
  if (home === undefined) return path;
  if (path === "~") return home;
  return path.startsWith("~/") ? `${home}/${path.slice(2)}` : path;
}
