// Owns: proof of MCP over standard input and output, with the official client and real processes.

import assert from "node:assert/strict";
// @ts-types="@modelcontextprotocol/sdk/client"
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
// @ts-types="@modelcontextprotocol/sdk/client/stdio"
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { inWorld, programCommand, type World } from "../harness/program.ts";

/** The client's own timer, for servers that do not end by themselves, outlives it by two seconds. */
const withClient = { sanitizeOps: false, sanitizeResources: false };

/** Talks to `hermes mcp` in the world's home until `body` is done. */
async function inConversation(
  world: World,
  env: Record<string, string>,
  body: (client: Client) => Promise<void>,
): Promise<void> {
  const [command, ...args] = [...programCommand(), "mcp"];
  const path = Deno.env.get("PATH") ?? "";
  const transport = new StdioClientTransport({
    command: command!,
    args,
    env: {
      PATH: path,
      HERMES_HOME: world.home,
      HERMES_BIN: Deno.env.get("HERMES_BIN") ?? "",
      ...env,
    },
  });
  const client = new Client({ name: "some-agent", version: "1.0.0" });
  await client.connect(transport);
  try {
    await body(client);
  } finally {
    await client.close();
  }
}

/** Calls a tool; the text of its answer, parsed. */
async function call(client: Client, name: string, args: Record<string, unknown> = {}) {
  const answer = await client.callTool({ name, arguments: args });
  const [content] = answer.content as { type: string; text: string }[];
  return { failed: answer.isError === true, value: JSON.parse(content!.text) };
}

/** A claimed task of `ops`, as the dispatcher would leave it, and its worker's environment. */
async function claimedTask(world: World): Promise<{ id: string; env: Record<string, string> }> {
  const task = await world.json(["kanban", "create", "Sweep the logs", "--assignee", "ops"]);
  await world.ok(["kanban", "claim", task.id]);
  const { runs } = await world.json(["kanban", "show", task.id]);
  return {
    id: task.id,
    env: {
      HERMES_KANBAN_TASK: task.id,
      HERMES_KANBAN_RUN_ID: String(runs[0].id),
      HERMES_PROFILE: "ops",
    },
  };
}

const worker = [
  "kanban_block",
  "kanban_comment",
  "kanban_complete",
  "kanban_create",
  "kanban_heartbeat",
  "kanban_link",
  "kanban_show",
];

Deno.test("R-13 mcp offers a person's agent the nine tools and decompose", withClient, async () => {
  await inWorld(async (world) => {
    await inConversation(world, {}, async (client) => {
      const { tools } = await client.listTools();
      const names = tools.map(({ name }) => name).toSorted();
      assert.deepEqual(
        names,
        [...worker, "kanban_decompose", "kanban_list", "kanban_unblock"].toSorted(),
      );
      assert.match(client.getInstructions() ?? "", /kanban_list/);
      // About four characters make a token: everything a client is sent stays under 5,000 tokens.
      assert.ok(
        JSON.stringify(tools).length < 20_000,
        `${JSON.stringify(tools).length} characters`,
      );
    });
  });
});

Deno.test(
  "S-198 mcp: a person's agent makes, lists and comments on tasks in its own name",
  withClient,
  async () => {
    await inWorld(async (world) => {
      await inConversation(world, {}, async (client) => {
        const made = await call(client, "kanban_create", {
          title: "Write the notes",
          assignee: "writer",
        });
        assert.equal(made.failed, false);
        assert.match(made.value.task_id, /^t_[0-9a-f]{8}$/);
        await call(client, "kanban_comment", {
          task_id: made.value.task_id,
          body: "Mind the tables.",
        });
        const { value } = await call(client, "kanban_list");
        assert.deepEqual(value.tasks.map((task: { title: string }) => task.title), [
          "Write the notes",
        ]);
        const shown = await world.json(["kanban", "show", made.value.task_id]);
        assert.equal(shown.task.created_by, "some-agent");
        assert.equal(shown.comments[0].author, "some-agent");
      });
    });
  },
);

Deno.test(
  "S-200 mcp: refusals and unknown tools are answers, not failures of the protocol",
  withClient,
  async () => {
    await inWorld(async (world) => {
      await inConversation(world, {}, async (client) => {
        const unknown = await call(client, "kanban_destroy");
        assert.ok(unknown.failed);
        assert.match(unknown.value.error, /no tool "kanban_destroy".*kanban_show/);
        const missing = await call(client, "kanban_show", { task_id: "t_00000000" });
        assert.ok(missing.failed);
        assert.match(missing.value.error, /t_00000000/);
        const idle = await call(client, "kanban_decompose", { task_id: "t_00000000" });
        assert.ok(idle.failed);
        const blank = await call(client, "kanban_decompose");
        assert.match(blank.value.error, /"task_id" is required/);
      });
    });
  },
);

Deno.test(
  "S-202 U-047 mcp: a worker sees its own tools, completes its own task and no other",
  withClient,
  async () => {
    await inWorld(async (world) => {
      const other = await world.json(["kanban", "create", "Not yours"]);
      const { id, env } = await claimedTask(world);
      await inConversation(world, env, async (client) => {
        const { tools } = await client.listTools();
        assert.deepEqual(tools.map(({ name }) => name).toSorted(), worker);
        assert.match(client.getInstructions() ?? "", /kanban_show first/);
        const { value } = await call(client, "kanban_show");
        assert.equal(value.task.id, id);
        assert.match(value.worker_context, /Sweep the logs/);
        const foreign = await call(client, "kanban_complete", {
          task_id: other.id,
          summary: "mine now",
        });
        assert.ok(foreign.failed);
        const done = await call(client, "kanban_complete", { summary: "All swept" });
        assert.equal(done.failed, false);
        const late = await call(client, "kanban_comment", {
          task_id: other.id,
          body: "still here",
        });
        assert.ok(late.failed, "the run is closed");
      });
      const shown = await world.json(["kanban", "show", id]);
      assert.equal(shown.task.status, "done");
      assert.equal(shown.runs[0].summary, "All swept");
      assert.equal((await world.json(["kanban", "show", other.id])).task.status, "ready");
    });
  },
);

Deno.test(
  "S-206 mcp: kanban_link refuses missing ends, a task itself and a circle",
  withClient,
  async () => {
    await inWorld(async (world) => {
      const [one, two] = [
        await world.json(["kanban", "create", "One"]),
        await world.json(["kanban", "create", "Two"]),
      ];
      await inConversation(world, {}, async (client) => {
        const link = (parent_id?: string, child_id?: string) =>
          call(client, "kanban_link", { parent_id, child_id });
        assert.match((await link(one.id)).value.error, /child_id/);
        assert.match((await link(undefined, two.id)).value.error, /parent_id/);
        assert.match((await link(one.id, one.id)).value.error, /itself/);
        assert.equal((await link(one.id, two.id)).failed, false);
        assert.match((await link(two.id, one.id)).value.error, /cycle|circle/);
        assert.match((await link(one.id, "t_00000000")).value.error, /t_00000000/);
      });
      assert.deepEqual((await world.json(["kanban", "show", two.id])).parents.length, 1);
      assert.deepEqual((await world.json(["kanban", "show", one.id])).parents, []);
    });
  },
);

Deno.test("mcp: the board and its tasks are resources", withClient, async () => {
  await inWorld(async (world) => {
    const task = await world.json(["kanban", "create", "Measure the tide", "--body", "At noon"]);
    await inConversation(world, {}, async (client) => {
      const { resources } = await client.listResources();
      assert.deepEqual(resources.map(({ uri }) => uri), [
        "kanban://board",
        `kanban://task/${task.id}`,
      ]);
      const { resourceTemplates } = await client.listResourceTemplates();
      assert.equal(resourceTemplates[0]?.uriTemplate, "kanban://task/{task_id}");
      const read = await client.readResource({ uri: `kanban://task/${task.id}` });
      assert.match((read.contents[0] as { text: string }).text, /At noon/);
      const board = await client.readResource({ uri: "kanban://board" });
      assert.match((board.contents[0] as { text: string }).text, /Measure the tide/);
      await assert.rejects(client.readResource({ uri: "kanban://task/t_00000000" }), /t_00000000/);
      await assert.rejects(client.readResource({ uri: "kanban://task/%zz" }), /find task/);
      await assert.rejects(client.readResource({ uri: "file:///etc/passwd" }), /kanban:\/\/board/);
    });
  });
});

Deno.test("mcp answers what was asked before its input ended, and ends", withClient, async () => {
  await inWorld(async (world) => {
    const ask = {
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: {
        protocolVersion: "2025-06-18",
        capabilities: {},
        clientInfo: { name: "pipe", version: "1" },
      },
    };
    const list = { jsonrpc: "2.0", id: 2, method: "tools/list", params: {} };
    const stdin = `${JSON.stringify(ask)}\n${JSON.stringify(list)}\n`;
    const { stdout } = await world.ok(["mcp"], { stdin });
    const answers = stdout.trim().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(answers.map(({ id }) => id), [1, 2]);
    assert.equal(answers[1].result.tools.length, 10);
  });
});

Deno.test("mcp: lines that are no message are passed over", withClient, async () => {
  await inWorld(async (world) => {
    const ping = JSON.stringify({ jsonrpc: "2.0", id: 7, method: "ping" });
    const { stdout } = await world.ok(["mcp"], { stdin: `what is this\n{"half":\n[]\n${ping}\n` });
    assert.deepEqual(JSON.parse(stdout.trim().split("\n").at(-1)!), {
      jsonrpc: "2.0",
      id: 7,
      result: {},
    });
  });
});
