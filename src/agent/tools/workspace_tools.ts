// Owns: the set of tools that work on the workspace.

import type { AgentTool } from "../tool.ts";
import { editFileTool } from "./edit_file.ts";
import { listFilesTool } from "./list_files.ts";
import { readFileTool } from "./read_file.ts";
import { searchFilesTool } from "./search_files.ts";
import { type TerminalOptions, terminalTool } from "./terminal.ts";
import { writeFileTool } from "./write_file.ts";

/** Terminal and file tools, all rooted in `options.root`. */
export function workspaceTools(options: TerminalOptions): AgentTool[] {
  const { root, maxOutputBytes } = options;
  return [
    terminalTool(options),
    readFileTool(root, maxOutputBytes),
    writeFileTool(root),
    editFileTool(root),
    listFilesTool(root),
    searchFilesTool(root),
  ];
}
