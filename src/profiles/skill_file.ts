// Owns: `SKILL.md` — its front matter and its text, and what one must look like to be installed.

import { HermesError } from "../base/errors.ts";

/** Bytes of a `SKILL.md` at most. */
export const largestSkillBytes = 256 * 1024;
/** Characters of a description at most. */
const longestDescription = 1024;

export const skillNamePattern = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** What a `SKILL.md` says. */
export interface SkillText {
  /** Empty when the front matter has none. */
  name: string;
  description: string;
  version: string;
  /** The Markdown below the front matter. */
  body: string;
}

/** Reads a `SKILL.md` without judging: whatever is missing is empty. */
export function readSkillText(text: string): SkillText {
  const { front, body } = split(text);
  const value = (key: string) => frontValue(front ?? "", key);
  return {
    name: value("name"),
    description: value("description"),
    version: value("version"),
    body,
  };
}

/**
 * Reads a `SKILL.md` that is to be installed.
 *
 * @param place how the file is called in errors.
 * @throws HermesError `invalid` saying what does not fit.
 */
export async function checkSkillText(text: string, place: string): Promise<SkillText> {
  const refuse = (reason: string, remedy: string) =>
    new HermesError("invalid", `Cannot install skill "${place}": ${reason}`, { remedy });
  const shape = 'SKILL.md begins with "---", the keys name and description, and "---" again';
  if (new TextEncoder().encode(text).length > largestSkillBytes) {
    throw tooLarge(place);
  }
  const { front, body } = split(text);
  if (front === null) throw refuse("SKILL.md has no front matter", shape);
  const { parseYamlLayer } = await import("../config/yaml_layer.ts");
  let values: Record<string, unknown>;
  try {
    values = parseYamlLayer("SKILL.md", front).values;
  } catch (thrown) {
    throw refuse(
      `its front matter is no YAML: ${thrown instanceof Error ? thrown.message : thrown}`,
      shape,
    );
  }
  const [name, description] = [textOf(values["name"]), textOf(values["description"])];
  if (!skillNamePattern.test(name)) {
    throw refuse(
      name === "" ? "its front matter has no name" : `its name "${name}" is malformed`,
      "Use 1 to 64 lower-case letters, digits, hyphens or underscores",
    );
  }
  if (description === "") throw refuse("its front matter has no description", shape);
  if (description.length > longestDescription) {
    throw refuse(
      `its description is longer than ${longestDescription} characters`,
      "Say in one or two sentences what it is for and when to use it",
    );
  }
  if (body === "") throw refuse("it has no text", "Write the instructions below the front matter");
  const version = values["version"];
  return { name, description, version: version === undefined ? "" : String(version), body };
}

/** The refusal of a `SKILL.md` beyond {@link largestSkillBytes}. */
export function tooLarge(place: string): HermesError {
  return new HermesError(
    "invalid",
    `Cannot install skill "${place}": SKILL.md is larger than ${largestSkillBytes / 1024} KB`,
    { remedy: "Move parts of it into files beside it" },
  );
}

function split(text: string): { front: string | null; body: string } {
  const match = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text);
  return { front: match?.[1] ?? null, body: text.slice(match?.[0].length ?? 0).trim() };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.replace(/\s+/g, " ").trim() : "";
}

/** Reads one value without loading a YAML parser: on one line, or as a block of indented lines. */
function frontValue(front: string, key: string): string {
  const lines = front.split(/\r?\n/);
  const at = lines.findIndex((line) => line.startsWith(`${key}:`));
  if (at < 0) return "";
  const first = lines[at]!.slice(key.length + 1).trim();
  if (first !== "" && !/^[>|][+-]?\d?$/.test(first)) {
    return /^(["']).*\1$/.test(first) ? first.slice(1, -1) : first;
  }
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => /^\S/.test(line));
  const block = end < 0 ? rest : rest.slice(0, end);
  return block.map((line) => line.trim()).filter((line) => line !== "").join(" ");
}
