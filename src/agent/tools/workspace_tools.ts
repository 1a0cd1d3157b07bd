// Owns: the set of tools that work on the workspace.

import type { AgentTool } from "../tool.ts";
import { editFileTool } from "./edit_file.ts";
import { listFilesTool } from "./list_files.ts";
import { readFileTool } from "./read_file.ts";
import { searchFilesTool } from "./search_files.ts";
import { type TerminalOptions, terminalTool } from "./terminal.ts";
import type { Reach } from "./workspace_path.ts";
import { writeFileTool } from "./write_file.ts";

/** What the tools of a workspace need. */
export interface WorkspaceToolOptions extends TerminalOptions {
  /** Folders and files outside of the workspace that may be read, such as a task's attachments. */
  readable?: readonly string[];
}

/** Terminal and file tools, all rooted in `options.root`. */
export function workspaceTools(options: WorkspaceToolOptions): AgentTool[] {
  const { root, maxOutputBytes, readable = [], longOutput } = options;
  const reach: Reach = {
    root,
    readable: () => [...readable, ...(longOutput?.folder ? [longOutput.folder] : [])],
  };
  return [
    terminalTool(options),
    readFileTool(reach, maxOutputBytes),
    writeFileTool(root),
    editFileTool(root),
    listFilesTool(reach),
    searchFilesTool(reach),
  ];
}
