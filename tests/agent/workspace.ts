// Owns: a throw-away workspace with a folder outside of it, for tests of the agent.

import { type AgentTool, callTool } from "../../src/agent/tool.ts";
import { workspaceTools } from "../../src/agent/tools/workspace_tools.ts";

export interface TestWorkspace {
  root: string;
  outside: string;
  tools: AgentTool[];
  /** Calls a tool and returns its text. */
  call(name: string, args: unknown, signal?: AbortSignal): Promise<string>;
  /** Calls a tool and returns the text of its error; throws when it succeeded. */
  refused(name: string, args: unknown): Promise<string>;
}

/** Runs a test in a workspace of its own, next to a folder that tools must not touch. */
export async function withWorkspace(
  run: (workspace: TestWorkspace) => Promise<void>,
  limits: { timeoutSeconds?: number; maxOutputBytes?: number } = {},
): Promise<void> {
  const home = await Deno.realPath(await Deno.makeTempDir({ prefix: "agent ünïcode " }));
  const root = `${home}/work space`;
  const outside = `${home}/outside`;
  await Deno.mkdir(root);
  await Deno.mkdir(outside);
  const tools = workspaceTools({
    root,
    timeoutSeconds: limits.timeoutSeconds ?? 20,
    maxOutputBytes: limits.maxOutputBytes ?? 4000,
    env: { PATH: Deno.env.get("PATH") ?? "", GREETING: "hi" },
  });
  const call = async (name: string, args: unknown, signal = new AbortController().signal) =>
    (await callTool(tools, name, JSON.stringify(args), signal)).text;
  const refused = async (name: string, args: unknown) => {
    const text = await call(name, args);
    const { error } = JSON.parse(text) as { error?: unknown };
    if (typeof error !== "string") throw new Error(`${name} was not refused: ${text}`);
    return error;
  };
  try {
    await run({ root, outside, tools, call, refused });
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}
