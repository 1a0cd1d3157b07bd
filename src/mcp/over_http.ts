// Owns: MCP over streamable HTTP. Every request stands for itself, so that no session can be lost.

// @ts-types="@modelcontextprotocol/sdk/server/webStandardStreamableHttp"
import { WebStandardStreamableHTTPServerTransport as Transport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { createMcpServer, type McpWorld } from "./server.ts";

/** Answers one HTTP request. Who may ask has been checked before. */
export async function answerMcp(request: Request, world: McpWorld): Promise<Response> {
  // Nothing is ever sent unasked, and there is no session to end.
  if (request.method !== "POST") {
    return new Response(null, { status: 405, headers: { allow: "POST" } });
  }
  const { server, close } = createMcpServer(world);
  try {
    // Without a session id the transport keeps no state, and answers as JSON once the work is done.
    const transport = new Transport({ sessionIdGenerator: undefined, enableJsonResponse: true });
    await server.connect(transport);
    return await transport.handleRequest(request);
  } finally {
    await close();
  }
}
