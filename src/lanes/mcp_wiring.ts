// Owns: telling a foreign program how to start the board's MCP server for its run. Pure.

import { envNames } from "../config/env_names.ts";
import type { PlaceholderValues } from "./template.ts";
import type { Lane } from "./manifest.ts";

/** What the server needs to know of its run; programs do not always hand their environment on. No secrets. */
const handedOn: readonly string[] = [
  envNames.home,
  envNames.kanbanHome,
  envNames.kanbanBoard,
  envNames.kanbanDb,
  envNames.kanbanWorkspacesRoot,
  envNames.kanbanAttachmentsRoot,
  envNames.kanbanTask,
  envNames.kanbanRunId,
  envNames.kanbanWorkspace,
  envNames.kanbanClaimLock,
  envNames.kanbanGoalMode,
  envNames.kanbanGoalMaxTurns,
  envNames.profile,
  envNames.tenant,
  envNames.runMarker,
  envNames.bin,
  ...["PATH", "HOME", "DENO_DIR", "TMPDIR", "DENO_TLS_CA_STORE"],
];

/** The text of the file that names the server, or null when the program wants none. */
export function mcpConfigText(
  format: NonNullable<Lane["mcp"]>["format"],
  self: readonly string[],
  env: Readonly<Record<string, string>>,
): string | null {
  const [command, ...args] = mcpCommand(self);
  const variables = mcpVariables(env);
  switch (format) {
    case "mcpServers":
      return JSON.stringify(
        { mcpServers: { hermes: { command, args, env: variables, trust: true } } },
        null,
        2,
      );
    case "opencode":
      return JSON.stringify({
        mcp: {
          hermes: {
            type: "local",
            command: [command, ...args],
            enabled: true,
            environment: variables,
          },
        },
      });
    case undefined:
      return null;
  }
}

/** The server as values of placeholders. A JSON text is also a TOML one. */
export function mcpValues(
  self: readonly string[],
  env: Readonly<Record<string, string>>,
): PlaceholderValues {
  const [command, ...args] = mcpCommand(self);
  const pairs = Object.entries(mcpVariables(env))
    .map(([name, value]) => `${JSON.stringify(name)}=${JSON.stringify(value)}`);
  return {
    mcp_command: JSON.stringify(command),
    mcp_args: JSON.stringify(args),
    mcp_env: `{${pairs.join(",")}}`,
  };
}

function mcpCommand(self: readonly string[]): string[] {
  return [...self, "mcp"];
}

function mcpVariables(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    handedOn.flatMap((name) => env[name] === undefined ? [] : [[name, env[name]]]),
  );
}
