// Owns: one MCP conversation: which requests it answers, whatever carries them.

// @ts-types="@modelcontextprotocol/sdk/server"
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
// @ts-types="@modelcontextprotocol/sdk/types"
import * as protocol from "@modelcontextprotocol/sdk/types.js";
import { errorText } from "../base/errors.ts";
import { version } from "../base/version.ts";
import type { OpContext } from "../ops/context.ts";
import { listResources, readResource, taskTemplate } from "./resources.ts";
import { answerCall, offeredTools } from "./tools.ts";

/** Told to the model of whoever steers the board. */
const orchestratorAdvice =
  "hermes is a task board for a team of agents. Look with kanban_list and kanban_show. Give work away with " +
  "kanban_create: name the profile that fits as assignee, and parents that must be done first. For a rough " +
  "idea create one task with triage: true, then kanban_decompose it. A dispatcher starts the workers.";

/** Told to the model of a worker. */
const workerAdvice =
  "You work on one task of a board. Call kanban_show first: worker_context says what to do and what was " +
  "handed over. Work in the current folder. End with kanban_complete (what you did, where it lies), or " +
  "kanban_block with one clear question. Create follow-up work with kanban_create instead of doing it.";

/** Whom a conversation speaks for, and where. */
export interface McpWorld {
  /** True for the worker of one task, false for a person's own agent. */
  isWorker: boolean;
  /** Opens the board in the name of the client, as far as it said its name. Called once, when first needed. */
  open(client: string | undefined): Promise<OpContext>;
}

/** A server to be connected to a transport. `close` ends it and whatever it opened. */
export interface McpServer {
  server: Server;
  close(): Promise<void>;
}

/** Makes the server of one conversation. Nothing is opened before a request needs it. */
export function createMcpServer(world: McpWorld): McpServer {
  const server = new Server({ name: "hermes", title: "hermes kanban", version }, {
    capabilities: { tools: {}, resources: {} },
    instructions: world.isWorker ? workerAdvice : orchestratorAdvice,
  });
  let opened: Promise<OpContext> | undefined;
  const context = () => opened ??= world.open(server.getClientVersion()?.name);
  const tools = async () => await offeredTools(await context());
  server.setRequestHandler(protocol.ListToolsRequestSchema, async () => ({
    tools: (await tools()).map(({ name, description, parameters }) => ({
      name,
      description,
      inputSchema: parameters as { type: "object" },
    })),
  }));
  server.setRequestHandler(protocol.CallToolRequestSchema, async ({ params }) => {
    const { text, failed } = await answerCall(await tools(), params.name, params.arguments ?? {});
    return { content: [{ type: "text", text }], isError: failed };
  });
  server.setRequestHandler(protocol.ListResourcesRequestSchema, async () => ({
    resources: await listResources(await context()),
  }));
  server.setRequestHandler(protocol.ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: [taskTemplate],
  }));
  server.setRequestHandler(protocol.ReadResourceRequestSchema, async ({ params: { uri } }) => {
    const found = await readResource(await context(), uri).catch((thrown) => {
      throw new protocol.McpError(protocol.ErrorCode.InvalidParams, errorText(thrown));
    });
    if (found) return { contents: [{ uri, ...found }] };
    const reason = `Cannot read "${uri}": use kanban://board or kanban://task/<id>`;
    throw new protocol.McpError(protocol.ErrorCode.InvalidParams, reason);
  });
  return {
    server,
    async close() {
      await server.close();
      await (await opened?.catch(() => undefined))?.close();
    },
  };
}
