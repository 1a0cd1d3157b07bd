// Owns: proof of how an operation becomes an agent's tool.

import assert from "node:assert/strict";
import { z } from "zod";
import { operationTool } from "../../src/ops/tool.ts";
import { callTool } from "../../src/agent/tool.ts";
import type { ActorKind, OpContext } from "../../src/ops/context.ts";
import { defineOp, type ToolOverlay } from "../../src/ops/define.ts";

/** An operation that answers what it was given. */
function echoOperation(tool: Partial<ToolOverlay> = {}) {
  return defineOp({
    name: "note",
    group: "kanban",
    summary: "Write a note",
    actors: ["worker"],
    input: z.object({
      task_id: z.string().describe("Id of the task"),
      text: z.string().optional(),
      summary: z.string().optional(),
      metadata: z.record(z.string(), z.unknown()).optional(),
      limit: z.number().int().optional(),
      author: z.string().optional(),
      loud: z.boolean().optional(),
    }),
    output: z.object({ input: z.unknown() }),
    ownTask: "task_id",
    redact: { always: ["text"] },
    tool: { name: "kanban_note", ...tool },
    run: (_context, input) => Promise.resolve({ input }),
  });
}

async function call(overlay: Partial<ToolOverlay>, args: unknown, kind: ActorKind = "worker") {
  const actor = { kind, name: "ops", taskId: "t_1", runId: 7 };
  const context = {
    actor,
    env: {},
    mayOrchestrate: () => Promise.resolve(false),
  } as unknown as OpContext;
  const tool = await operationTool(echoOperation(overlay), context);
  const signal = new AbortController().signal;
  const reply = await callTool([tool], tool.name, JSON.stringify(args), signal);
  return { tool, reply: JSON.parse(reply.text) };
}

Deno.test("S-200 operationTool() answers ok and the output, or an error text", async () => {
  const { tool, reply } = await call({ ownTask: "task_id", advice: "Keep it short." }, {
    text: "a",
  });
  assert.deepEqual(reply, { ok: true, input: { task_id: "t_1", text: "a" } });
  assert.equal(tool.description, "Write a note. Keep it short.");
  const refused = await call({ ownTask: "task_id" }, { text: 5 });
  assert.match(refused.reply.error, /^Cannot note: field "text" is invalid/);
});

Deno.test("R-13 P-058 operationTool() refuses another worker's task", async () => {
  const { reply } = await call({ ownTask: "task_id" }, { task_id: "t_2" });
  assert.match(reply.error, /^Cannot note task "t_2": an agent may only note its own task/);
});

Deno.test("R-14 operationTool() hides fields from the model and fills fixed ones", async () => {
  const overlay = { ownTask: "task_id", omit: ["author"], fixed: { loud: true } };
  const { tool, reply } = await call(overlay, { author: "boss", loud: false, text: "a" });
  assert.deepEqual(reply.input, { task_id: "t_1", text: "a", loud: true });
  const shown = Object.keys(tool.parameters.properties as Record<string, unknown>);
  assert.deepEqual(shown, ["task_id", "text", "summary", "metadata", "limit", "board"]);
  assert.deepEqual(tool.parameters.required, []);
});

Deno.test("S-202 S-205 operationTool() insists on required fields and on one of several", async () => {
  const required = { ownTask: "task_id", required: ["text"] };
  assert.match((await call(required, { text: " " })).reply.error, /"text" is required/);
  assert.deepEqual((await call(required, { text: "a" })).tool.parameters.required, ["text"]);
  const oneOf = { ownTask: "task_id", oneOf: ["summary", "text"] };
  assert.match((await call(oneOf, { summary: null })).reply.error, /at least one of summary, text/);
  assert.equal((await call(oneOf, { summary: "done" })).reply.ok, true);
});

Deno.test("P-061 operationTool() refuses metadata sent as text and names the wrong type", async () => {
  const { reply } = await call({ ownTask: "task_id" }, { metadata: '{"a":1}' });
  assert.match(reply.error, /"metadata".*received text/);
});

Deno.test("S-207 operationTool() has a default count and an upper bound", async () => {
  const overlay = { ownTask: "task_id", limit: { field: "limit", default: 50, max: 200 } };
  assert.equal((await call(overlay, {})).reply.input.limit, 50);
  assert.equal((await call(overlay, { limit: 9999 })).reply.input.limit, 200);
  const { properties } = (await call(overlay, { limit: 3 })).tool.parameters as {
    properties: { limit: { maximum: number } };
  };
  assert.equal(properties.limit.maximum, 200);
});

Deno.test("P-060 operationTool() removes secrets before the operation runs", async () => {
  const text = "the key is sk-abcdefghijklmnop1234";
  const { reply } = await call({ ownTask: "task_id" }, { text });
  assert.equal(reply.input.text, "the key is [redacted]");
});

Deno.test("S-200 operationTool() shapes its reply as the overlay says", async () => {
  const reply = (output: { input: { task_id: string } }) => ({ task_id: output.input.task_id });
  assert.deepEqual((await call({ ownTask: "task_id", reply }, {})).reply, {
    ok: true,
    task_id: "t_1",
  });
});
