// Owns: the `edit_file` tool.

import { HermesError } from "../../base/errors.ts";
import { writeTextAtomic } from "../../platform/files.ts";
import { type AgentTool, objectSchema } from "../tool.ts";
import { textArgument } from "./arguments.ts";
import { confine, readTextAt } from "./workspace_path.ts";

/** Replaces one exact piece of a text file; the piece must occur exactly once. */
export function editFileTool(root: string): AgentTool {
  return {
    name: "edit_file",
    description: "Replace one exact piece of text in a file. old_text must occur exactly once: " +
      "include enough surrounding lines to make it unique.",
    parameters: objectSchema({
      path: { type: "string", description: "Path relative to the workspace." },
      old_text: { type: "string", description: "The text to replace, character for character." },
      new_text: { type: "string", description: "What takes its place; may be empty." },
    }, ["path", "old_text", "new_text"]),
    async run(args) {
      const path = textArgument(args, "path");
      const oldText = textArgument(args, "old_text");
      const newText = textArgument(args, "new_text", true);
      const real = await confine(root, path);
      const text = await readTextAt(real, path);
      if (text.includes("\ufffd")) throw cannotEdit(path, "it is not valid UTF-8");
      const at = text.indexOf(oldText);
      if (at < 0) throw cannotEdit(path, `old_text does not occur in it${nearMiss(text, oldText)}`);
      const count = text.split(oldText).length - 1;
      if (count > 1) throw cannotEdit(path, `old_text occurs ${count} times`);
      const edited = text.slice(0, at) + newText + text.slice(at + oldText.length);
      await writeTextAtomic(real, edited);
      const line = text.slice(0, at).split("\n").length;
      return JSON.stringify({ ok: true, path, line });
    },
  };
}

function cannotEdit(path: string, reason: string): HermesError {
  return new HermesError("invalid", `Cannot edit file "${path}": ${reason}`, {
    remedy: "Read the file again and copy the text exactly, with lines around it if need be.",
  });
}

/** Lines shown of what a file has where `old_text` almost occurs. */
const shownLines = 12;

/** Where `wanted` would stand but for blanks, or where its first line stands; empty when nowhere. */
function nearMiss(text: string, wanted: string): string {
  const lines = text.split("\n");
  const asked = wanted.split("\n").map(squeezed);
  while (asked.length > 1 && asked.at(-1) === "") asked.pop();
  while (asked.length > 1 && asked[0] === "") asked.shift();
  const have = lines.map(squeezed);
  const matches = (at: number, count: number) =>
    asked.slice(0, count).every((line, index) => have[at + index] === line);
  const whole = have.findIndex((_, at) => matches(at, asked.length));
  if (whole >= 0) {
    return `; line ${whole + 1} differs from it only in blanks. The file has:\n${
      excerpt(lines, whole, asked.length)
    }`;
  }
  const first = asked[0] === "" ? -1 : have.findIndex((_, at) => matches(at, 1));
  if (first < 0) return "";
  return `; line ${first + 1} is like its first line, what follows is not. The file has:\n${
    excerpt(lines, first, asked.length)
  }`;
}

function squeezed(line: string): string {
  return line.replace(/\s+/g, " ").trim();
}

function excerpt(lines: readonly string[], from: number, count: number): string {
  return lines.slice(from, from + Math.min(count, shownLines)).join("\n");
}
