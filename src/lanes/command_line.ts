// Owns: the whole command line and environment of one attempt on a lane. Pure.

import { mcpConfigText, mcpValues } from "./mcp_wiring.ts";
import type { Lane } from "./manifest.ts";
import { fill, fillArgs, insertAt, type PlaceholderValues } from "./template.ts";

/** What one start of the program is about. */
export interface StartFacts {
  taskId: string;
  runId: number;
  profile: string;
  workspace: string;
  /** Null lets the program choose. */
  model: string | null;
  /** Id of the conversation to go on with. */
  session: string | null;
  prompt: string;
  promptFile: string;
  mcpConfigFile: string;
  /** The words that start hermes. */
  self: readonly string[];
  /** The environment of the run. */
  env: Readonly<Record<string, string>>;
}

/** What is started, and the files it expects. */
export interface LaneStart {
  argv: string[];
  env: Record<string, string>;
  /** Text for standard input; null for none. */
  input: string | null;
  /** Files to write before: path → text. */
  files: Record<string, string>;
}

/** Fills in the manifest. */
export function laneStart(lane: Lane, facts: StartFacts): LaneStart {
  const { mcp } = lane;
  const mcpText = mcp === undefined ? null : mcpConfigText(mcp.format, facts.self, facts.env);
  const values: PlaceholderValues = {
    prompt: facts.prompt,
    prompt_file: facts.promptFile,
    workspace: facts.workspace,
    task: facts.taskId,
    run: String(facts.runId),
    profile: facts.profile,
    model: facts.model ?? "",
    session: facts.session ?? "",
    script: lane.script,
    mcp_config: mcpText === null ? "" : facts.mcpConfigFile,
    mcp_json: mcpText ?? "",
    ...mcpValues(facts.self, facts.env),
  };
  const extended = insertAt(lane.args, "extra", lane.extra_args);
  const words = insertAt(extended, "mcp", mcp?.args ?? []);
  const own = Object.entries({ ...lane.env, ...mcp?.env ?? {} })
    .map(([name, template]) => [name, fill(template, values)] as const);
  return {
    argv: [...lane.command, ...fillArgs(words, values)],
    env: { ...facts.env, ...Object.fromEntries(own) },
    input: lane.prompt === "stdin" ? facts.prompt : null,
    files: {
      ...(lane.prompt === "file" ? { [facts.promptFile]: facts.prompt } : {}),
      ...(mcpText !== null ? { [facts.mcpConfigFile]: mcpText } : {}),
    },
  };
}
