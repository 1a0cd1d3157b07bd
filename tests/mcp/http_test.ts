// Owns: proof of MCP over streamable HTTP, with the official client.

import assert from "node:assert/strict";
// @ts-types="@modelcontextprotocol/sdk/client"
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
// @ts-types="@modelcontextprotocol/sdk/client/streamableHttp"
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { answerOverHttp } from "../../src/app/mcp.ts";
import { silentLog } from "../../src/base/log.ts";

/** Serves the MCP endpoint alone, for a fresh home; the dashboard puts its guards in front of it. */
async function withEndpoint(body: (url: URL, home: string) => Promise<void>): Promise<void> {
  const home = await Deno.realPath(await Deno.makeTempDir());
  const env = { HERMES_HOME: home };
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => answerOverHttp(request, { env, log: silentLog }),
  );
  try {
    await body(new URL(`http://127.0.0.1:${server.addr.port}/mcp`), home);
  } finally {
    await server.shutdown();
    await Deno.remove(home, { recursive: true });
  }
}

Deno.test("R-13 mcp over HTTP: the same tools, one request at a time", async () => {
  await withEndpoint(async (url) => {
    const client = new Client({ name: "browserless", version: "1.0.0" });
    await client.connect(new StreamableHTTPClientTransport(url));
    try {
      const { tools } = await client.listTools();
      assert.equal(tools.length, 10);
      const args = { title: "Count the gulls", assignee: "ops", triage: true };
      const made = await client.callTool({ name: "kanban_create", arguments: args });
      const [content] = made.content as { text: string }[];
      const { task_id, status } = JSON.parse(content!.text);
      assert.equal(status, "triage");
      const read = await client.readResource({ uri: `kanban://task/${task_id}` });
      assert.match((read.contents[0] as { text: string }).text, /Count the gulls/);
    } finally {
      await client.close();
    }
  });
});

Deno.test("mcp over HTTP answers malformed requests with a client error", async () => {
  await withEndpoint(async (url) => {
    const headers = {
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
    };
    for (const body of ["", "{", "null", '{"jsonrpc":"2.0"}', '"x"']) {
      const response = await fetch(url, { method: "POST", headers, body });
      await response.body?.cancel();
      assert.ok(response.status >= 400 && response.status < 500, `${body}: ${response.status}`);
    }
    for (const method of ["GET", "DELETE", "PUT"]) {
      const response = await fetch(url, { method });
      await response.body?.cancel();
      assert.equal(response.status, 405);
    }
  });
});
