// Owns: filling placeholders such as {task} into the words of a command line. Pure.

import type { ArgTemplate } from "./manifest.ts";

/** What placeholders stand for. */
export const placeholders = {
  prompt: "the task as text",
  prompt_file: "path of a file with the task as text",
  workspace: "the folder the program works in",
  task: "id of the task",
  run: "number of the attempt",
  profile: "name of the profile",
  model: "the model, when the task or the profile names one",
  session: "id of the conversation to go on with, when there is one",
  script: "the manifest's script",
  extra: "where extra_args go",
  mcp: "where the args of mcp go",
  mcp_config: "path of a file that names the board's MCP server",
  mcp_json: "the text of that file",
  mcp_command: "the program of the MCP server, as a JSON text",
  mcp_args: "its arguments, as a JSON list",
  mcp_env: "its variables, as a TOML table",
} as const;

export type Placeholder = keyof typeof placeholders;

/** Values by placeholder; what is absent or empty has none. */
export type PlaceholderValues = Partial<Record<Placeholder, string>>;

// `${name}` belongs to a shell, and `{{name}}` stands for `{name}` itself.
const pattern = /\{\{([a-z_]+)\}\}|(?<![$\{])\{([a-z_]+)\}/g;

/** Names in braces that are no placeholder. */
export function unknownPlaceholders(template: string): string[] {
  return namesIn(template).filter((name) => !Object.hasOwn(placeholders, name));
}

/** Whether any of the words uses a placeholder. */
export function uses(args: readonly ArgTemplate[], name: Placeholder): boolean {
  return args.flat().some((word) => namesIn(word).includes(name));
}

/** One word; placeholders without a value are empty. A value is never looked at again. */
export function fill(template: string, values: PlaceholderValues): string {
  return template.replace(pattern, (_, literal?: string, name?: string) => {
    return literal === undefined ? values[name as Placeholder] ?? "" : `{${literal}}`;
  });
}

/** All words; groups with a placeholder that has no value are left out. */
export function fillArgs(args: readonly ArgTemplate[], values: PlaceholderValues): string[] {
  return args.flatMap((arg) => {
    if (typeof arg === "string") return [fill(arg, values)];
    const isComplete = arg.every((word) => {
      return namesIn(word).every((name) => (values[name as Placeholder] ?? "") !== "");
    });
    return isComplete ? arg.map((word) => fill(word, values)) : [];
  });
}

/** Puts words where `{name}` stands alone, or at the end where it does not. */
export function insertAt(
  args: readonly ArgTemplate[],
  name: Placeholder,
  inserted: readonly ArgTemplate[],
): ArgTemplate[] {
  const at = args.findIndex((arg) => arg === `{${name}}`);
  if (at < 0) return [...args, ...inserted];
  return [...args.slice(0, at), ...inserted, ...args.slice(at + 1)];
}

function namesIn(template: string): string[] {
  return [...template.matchAll(pattern)].flatMap(([, , name]) => name === undefined ? [] : [name]);
}
