// Owns: the `edit_file` tool.

import { HermesError } from "../../base/errors.ts";
import { writeTextAtomic } from "../../platform/files.ts";
import { type AgentTool, objectSchema } from "../tool.ts";
import { textArgument } from "./arguments.ts";
import { confine, readWorkspaceText } from "./workspace_path.ts";

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
      const text = await readWorkspaceText(root, path);
      if (text.includes("\ufffd")) throw cannotEdit(path, "it is not valid UTF-8");
      const at = text.indexOf(oldText);
      if (at < 0) throw cannotEdit(path, "old_text does not occur in it");
      const count = text.split(oldText).length - 1;
      if (count > 1) throw cannotEdit(path, `old_text occurs ${count} times`);
      const edited = text.slice(0, at) + newText + text.slice(at + oldText.length);
      await writeTextAtomic(await confine(root, path), edited);
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
