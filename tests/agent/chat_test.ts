// Owns: proof of one-shot chats: no board in them unless the profile asks for it.

import assert from "node:assert/strict";
import { type ChatOptions, runChat } from "../../src/agent/chat.ts";
import { silentLog } from "../../src/base/log.ts";
import { defaultConfig } from "../../src/config/defaults.ts";
import { echoTool, scriptedModel } from "./double.ts";

function chat(parts: Partial<ChatOptions> & Pick<ChatOptions, "client">) {
  return runChat({
    prompt: "How high is the tide?",
    profile: "default",
    persona: "You are Ada.",
    skills: [],
    kanbanTools: [],
    workspace: Deno.cwd(),
    agent: { ...defaultConfig.agent, max_turns: 3 },
    commandEnv: {},
    toolsets: [],
    skillTool: null,
    secrets: [],
    log: silentLog,
    signal: new AbortController().signal,
    ...parts,
  });
}

Deno.test("S-199 S-209 a chat outside of a task has neither board tools nor guidance", async () => {
  const client = scriptedModel(["Seven metres."]);
  assert.deepEqual(await chat({ client }), { text: "Seven metres.", complete: true });
  assert.deepEqual(client.seen[0]?.tools, [
    "terminal",
    "read_file",
    "write_file",
    "edit_file",
    "list_files",
    "search_files",
  ]);
  assert.deepEqual(client.seen[0]?.messages, [
    { role: "system", content: "You are Ada.\n" },
    { role: "user", content: "How high is the tide?" },
  ]);
});

Deno.test("R-13 board tools bring the guidance along", async () => {
  const client = scriptedModel(["ok"]);
  await chat({ client, kanbanTools: [echoTool("kanban_show")] });
  assert.match(String(client.seen[0]?.messages[0]?.content), /# Working on the task board/);
});

Deno.test("a chat that does not end says so and returns what was said", async () => {
  const client = scriptedModel([[["list_files", { depth: 1 }]]]);
  assert.deepEqual(await chat({ client }), { text: "", complete: false });
});
