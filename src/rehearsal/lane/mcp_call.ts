// Owns: finding the MCP server a foreign program was told of, in the ways programs are told, and calling a tool of it.

import { readTextIfExists } from "../../platform/files.ts";

/** How a server is started. */
export interface McpServerStart {
  command: string;
  args: string[];
  env: Record<string, string>;
}

/** The server named by a configuration file, a configuration text, or settings on the command line. */
export async function findServer(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<McpServerStart | null> {
  const fromSettings = serverInSettings(args);
  if (fromSettings !== null) return fromSettings;
  for (const word of [...args, ...Object.values(env)]) {
    const text = word.trimStart().startsWith("{")
      ? word
      : word.endsWith(".json")
      ? await readTextIfExists(word).catch(() => null)
      : null;
    const server = text === null ? null : serverInJson(text);
    if (server !== null) return server;
  }
  return null;
}

function serverInJson(text: string): McpServerStart | null {
  try {
    const { mcpServers, mcp } = JSON.parse(text);
    if (mcpServers?.hermes) {
      const { command, args = [], env = {} } = mcpServers.hermes;
      return { command, args, env };
    }
    if (!mcp?.hermes) return null;
    const { command: [command, ...args], environment = {} } = mcp.hermes;
    return { command, args, env: environment };
  } catch {
    return null;
  }
}

/** Settings as in `-c mcp_servers.hermes.command="…"`. */
function serverInSettings(args: readonly string[]): McpServerStart | null {
  const setting = (name: string) => {
    const start = `mcp_servers.hermes.${name}=`;
    return args.find((word) => word.startsWith(start))?.slice(start.length);
  };
  const command = setting("command");
  if (command === undefined) return null;
  // A table of texts differs from a JSON object only by its equals signs.
  const pairs = [...(setting("env") ?? "{}").matchAll(/("(?:[^"\\]|\\.)*")=("(?:[^"\\]|\\.)*")/g)];
  return {
    command: JSON.parse(command),
    args: JSON.parse(setting("args") ?? "[]"),
    env: Object.fromEntries(
      pairs.map(([, name, value]) => [JSON.parse(name!), JSON.parse(value!)]),
    ),
  };
}

/** Starts the server, calls one tool, and ends it. */
export async function callTool(
  server: McpServerStart,
  name: string,
  args: Record<string, unknown>,
): Promise<{ text: string; failed: boolean }> {
  const [{ Client }, { StdioClientTransport }] = await Promise.all([
    // @ts-types="@modelcontextprotocol/sdk/client"
    import("@modelcontextprotocol/sdk/client/index.js"),
    // @ts-types="@modelcontextprotocol/sdk/client/stdio"
    import("@modelcontextprotocol/sdk/client/stdio.js"),
  ]);
  const client = new Client({ name: "lane-fake", version: "1" });
  await client.connect(new StdioClientTransport({ ...server, stderr: "inherit" }));
  try {
    const { content, isError } = await client.callTool({ name, arguments: args });
    const texts = Array.isArray(content) ? content.map((part) => part.text ?? "") : [];
    return { text: texts.join("\n"), failed: isError === true };
  } finally {
    // On older runtimes timers are numbers, over which the client stumbles once it has closed the server's input.
    // The server ends by that all the same.
    await client.close().catch(() => {});
  }
}
