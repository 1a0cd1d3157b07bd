// Owns: the `write_file` tool.

import { ensureDir, writeTextAtomic } from "../../platform/files.ts";
import { parentPath } from "../../platform/paths.ts";
import { type AgentTool, objectSchema } from "../tool.ts";
import { textArgument } from "./arguments.ts";
import { confine } from "./workspace_path.ts";

/** Creates or replaces a file of the workspace in one step; missing folders are created. */
export function writeFileTool(root: string): AgentTool {
  return {
    name: "write_file",
    description: "Create a file in the workspace, or replace it whole. Creates missing folders.",
    parameters: objectSchema({
      path: { type: "string", description: "Path relative to the workspace." },
      content: { type: "string", description: "The whole new text." },
    }, ["path", "content"]),
    async run(args) {
      const path = textArgument(args, "path");
      const content = textArgument(args, "content", true);
      const real = await confine(root, path);
      await ensureDir(parentPath(real));
      await writeTextAtomic(real, content);
      const bytes = new TextEncoder().encode(content).length;
      return JSON.stringify({ ok: true, path, bytes });
    },
  };
}
