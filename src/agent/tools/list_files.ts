// Owns: the `list_files` tool.

import { walkTree } from "../../platform/file_tree.ts";
import { type AgentTool, objectSchema } from "../tool.ts";
import { optionalCount, optionalText } from "./arguments.ts";
import { confineReading, type Reach } from "./workspace_path.ts";

/** Folders whose contents say nothing about the work. */
export const skippedFolders = [".git", "node_modules"];

const mostEntries = 500;

/** Lists a folder of the workspace with sizes in bytes. */
export function listFilesTool(reach: Reach): AgentTool {
  return {
    name: "list_files",
    description: "List files and folders of the workspace with their sizes in bytes.",
    parameters: objectSchema({
      path: { type: "string", description: "Folder relative to the workspace. Default: all." },
      depth: { type: "integer", description: "Levels to show. Default 3." },
    }),
    async run(args, signal) {
      const path = optionalText(args, "path", ".");
      const maxDepth = optionalCount(args, "depth", 3, 20);
      const lines: string[] = [];
      const walk = walkTree(await confineReading(reach, path), { maxDepth, skip: skippedFolders });
      for await (const entry of walk) {
        signal.throwIfAborted();
        if (lines.length === mostEntries) {
          lines.push(`[more than ${mostEntries} entries; list a folder of them]`);
          break;
        }
        if (entry.kind === "folder") lines.push(`${entry.path}/${entry.skipped ? " …" : ""}`);
        else lines.push(`${entry.path}  ${entry.kind === "file" ? entry.size : `(${entry.kind})`}`);
      }
      return lines.length > 0 ? lines.join("\n") : "[empty folder]";
    },
  };
}
