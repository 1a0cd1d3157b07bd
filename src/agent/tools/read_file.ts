// Owns: the `read_file` tool.

import { cut } from "../../base/text.ts";
import { type AgentTool, objectSchema } from "../tool.ts";
import { optionalCount, textArgument } from "./arguments.ts";
import { confineReading, type Reach, readTextAt } from "./workspace_path.ts";

/** Reads a text file of the workspace, whole or a range of lines, at most `maxBytes` characters. */
export function readFileTool(reach: Reach, maxBytes: number): AgentTool {
  return {
    name: "read_file",
    description:
      "Read a text file of the workspace. Long files come in parts: give offset and limit.",
    parameters: objectSchema({
      path: {
        type: "string",
        description: "Path relative to the workspace, or that of an attachment the task names.",
      },
      offset: { type: "integer", description: "First line, counted from 1. Default 1." },
      limit: { type: "integer", description: "Number of lines. Default 2000." },
    }, ["path"]),
    async run(args) {
      const path = textArgument(args, "path");
      const offset = optionalCount(args, "offset", 1);
      const limit = optionalCount(args, "limit", 2000);
      const lines = (await readTextAt(await confineReading(reach, path), path)).split("\n");
      // The empty text after a final newline is no line of its own.
      if (lines.length > 1 && lines.at(-1) === "") lines.pop();
      return window(lines, offset, limit, maxBytes);
    },
  };
}

function window(lines: string[], offset: number, limit: number, maxBytes: number): string {
  if (offset > lines.length) return `[the file has ${lines.length} lines]`;
  const shown: string[] = [];
  let size = 0;
  for (const line of lines.slice(offset - 1, offset - 1 + limit)) {
    if (size + line.length > maxBytes && shown.length > 0) break;
    shown.push(line.length > maxBytes ? `${cut(line, maxBytes)} … [line cut]` : line);
    size += line.length + 1;
  }
  const last = offset + shown.length - 1;
  const text = shown.join("\n");
  if (offset === 1 && last === lines.length) return text;
  const more = last < lines.length ? `; go on with offset ${last + 1}` : "";
  return `${text}\n[lines ${offset} to ${last} of ${lines.length}${more}]`;
}
