// Owns: proof that a tool call never throws at the model.

import assert from "node:assert/strict";
import { type AgentTool, callTool, objectSchema } from "../../src/agent/tool.ts";
import { HermesError } from "../../src/base/errors.ts";
import { withWorkspace } from "./workspace.ts";

const tools: AgentTool[] = [
  {
    name: "good",
    description: "",
    parameters: objectSchema({}),
    run: (args) => Promise.resolve(JSON.stringify({ ok: true, args })),
  },
  {
    name: "bad",
    description: "",
    parameters: objectSchema({}),
    run: () => {
      throw new HermesError("refused", 'Cannot do thing "x": not now', { remedy: "Wait a bit." });
    },
  },
];
const quiet = new AbortController().signal;

Deno.test("S-200 callTool() answers JSON text and turns thrown errors into text", async () => {
  const good = await callTool(tools, "good", '{"a":1}', quiet);
  assert.deepEqual(good, { text: '{"ok":true,"args":{"a":1}}', failed: false });
  assert.deepEqual(JSON.parse((await callTool(tools, "good", "", quiet)).text).args, {});
  const bad = await callTool(tools, "bad", "{}", quiet);
  assert.equal(bad.failed, true);
  assert.deepEqual(JSON.parse(bad.text), { error: 'Cannot do thing "x": not now. Wait a bit.' });
});

Deno.test("S-200 callTool() names the available tools for unknown names and broken JSON", async () => {
  const cases: Array<[string, string]> = [["kanban_shwo", "{}"], ["good", '{"a":']];
  for (const [name, args] of cases) {
    const { error } = JSON.parse((await callTool(tools, name, args, quiet)).text);
    assert.match(error, /Available tools: good, bad$/);
  }
});

Deno.test("S-200 every workspace tool refuses wrong arguments by name", async () => {
  await withWorkspace(async ({ tools, refused }) => {
    for (const tool of tools) {
      for (const args of [null, "text", [1]]) {
        assert.match(await refused(tool.name, args), /one JSON object is required/);
      }
      const required = tool.parameters.required as string[];
      for (const name of required) {
        const others = Object.fromEntries(required.map((other) => [other, "x"]));
        for (const value of [undefined, 7, { a: 1 }]) {
          assert.ok((await refused(tool.name, { ...others, [name]: value })).includes(`"${name}"`));
        }
      }
    }
    assert.match(await refused("list_files", { depth: "deep" }), /"depth".*number/);
  });
});
