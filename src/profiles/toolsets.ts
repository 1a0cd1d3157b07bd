// Owns: the toolsets — families of tools a profile may be confined to — as plain data, and what they allow.

import { suggest } from "../base/suggest.ts";

/** A family of tools. */
export interface Toolset {
  /** What it lets an agent do. */
  about: string;
  /** Names of its tools. */
  tools: readonly string[];
}

/** Every toolset by its name in `toolsets:` of a `config.yaml`. A tool may be in several. */
export const toolsets: Readonly<Record<string, Toolset>> = {
  kanban: {
    // Which of them an agent gets depends on whether it has a task of its own.
    about: "In a chat the tools of the board; as a worker the right to steer other agents' tasks",
    tools: [],
  },
  files: {
    about: "Read, write and edit files of the workspace",
    tools: ["read_file", "write_file", "edit_file", "list_files"],
  },
  reading: {
    about: "Read files of the workspace without changing any",
    tools: ["read_file", "list_files"],
  },
  search: { about: "Search the files of the workspace", tools: ["search_files"] },
  terminal: { about: "Run commands in the workspace", tools: ["terminal"] },
  attachments: {
    about: "Attach files to tasks and list what is attached",
    tools: ["kanban_attach", "kanban_attachments"],
  },
};

/** What a profile has whose `toolsets` is empty. */
const byDefault: readonly string[] = Object.keys(toolsets).filter((name) => name !== "kanban");

/** The toolsets in force for what a configuration says. Names nobody knows are left out. */
export function toolsetsInForce(configured: readonly string[]): string[] {
  const chosen = configured.length === 0 ? byDefault : configured;
  return Object.keys(toolsets).filter((name) => chosen.includes(name));
}

/**
 * Whether a profile may use a tool. A tool that belongs to no toolset is for profiles that are not confined. The
 * tools by which a worker handles its own task are not a matter of toolsets: without them no run could end well.
 */
export function mayUseTool(configured: readonly string[], tool: string): boolean {
  const owners = Object.keys(toolsets).filter((name) => toolsets[name]!.tools.includes(tool));
  if (owners.length === 0) return tool.startsWith("kanban_") || configured.length === 0;
  const inForce = toolsetsInForce(configured);
  return owners.some((name) => inForce.includes(name));
}

/** Whether `name` is a toolset. */
export function isToolset(name: string): boolean {
  return Object.hasOwn(toolsets, name);
}

/** One sentence per configured toolset that does not exist. */
export function toolsetWarnings(configured: readonly string[]): string[] {
  const known = Object.keys(toolsets);
  return configured.filter((name) => !isToolset(name)).map((name) => {
    const close = suggest(name, known);
    const hint = close ? `did you mean "${close}"?` : `there are ${known.join(", ")}`;
    return `Unknown toolset "${name}" gives no tool: ${hint}`;
  });
}
