// Owns: which tools an agent is offered. One that is not offered cannot be called either.

import { mayUseTool } from "../profiles/toolsets.ts";
import type { AgentTool } from "./tool.ts";

/** What decides about an agent's tools. */
export interface ToolRights {
  /** Toolsets as configured for the profile; an empty list means all but `kanban`. */
  toolsets: readonly string[];
  /** Reads skills the prompt only names; null when it quotes all there are. */
  skillTool: AgentTool | null;
}

/** Of `tools`, those the profile may use, and the one that reads skills. */
export function offeredTools(rights: ToolRights, tools: readonly AgentTool[]): AgentTool[] {
  const allowed = tools.filter((tool) => mayUseTool(rights.toolsets, tool.name));
  return rights.skillTool ? [...allowed, rights.skillTool] : allowed;
}
