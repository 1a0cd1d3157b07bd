// Owns: proof that each `rehearse:` word makes a scripted worker behave as documented.

import assert from "node:assert/strict";
import { ask, type PlayTask, playWorker } from "./play.ts";

/** Plays one task in a world of its own. */
async function play(title: string, runs: PlayTask["runs"] = []) {
  const workspace = await Deno.makeTempDir();
  try {
    const task: PlayTask = { id: "t_1", title, assignee: "ops", workspace, runs };
    return await playWorker(new Map([["t_1", task]]), "t_1");
  } finally {
    await Deno.remove(workspace, { recursive: true });
  }
}

Deno.test("rehearse:block blocks once and completes after that", async () => {
  const first = await play("Paint rehearse:block");
  assert.match(first.blocked ?? "", /which colour/);
  const second = await play("Paint rehearse:block", [{ outcome: "blocked" }]);
  assert.match(second.handoff?.summary ?? "", /Wrote \d+ lines in paint\.md/);
});

Deno.test("rehearse:crash-once kills its worker on the first attempt only", async () => {
  const task = { id: "t_1", title: "Try rehearse:crash-once", workspace_path: "/w" };
  const first = ask([
    { role: "user", content: "work kanban task t_1" },
    {
      role: "assistant",
      content: "",
      tool_calls: [{ id: "a", function: { name: "kanban_show" } }],
    },
    { role: "tool", tool_call_id: "a", content: JSON.stringify({ task, runs: [] }) },
  ], ["kanban_complete"]);
  assert.deepEqual(first.kind === "calls" && first.calls, [
    { tool: "terminal", args: { command: "kill -9 $PPID" } },
  ]);
  assert.ok((await play("Try rehearse:crash-once", [{ outcome: "crashed" }])).handoff);
});

Deno.test("rehearse:quit stops without a word, quit-once only the first time", async () => {
  for (const word of ["quit", "quit-once"]) {
    const { handoff, blocked, last } = await play(`Go rehearse:${word}`);
    assert.deepEqual([handoff, blocked, last.kind], [null, null, "text"]);
  }
  assert.ok((await play("Go rehearse:quit-once", [{ outcome: "crashed" }])).handoff);
  assert.equal((await play("Go rehearse:quit", [{ outcome: "crashed" }])).handoff, null);
});

Deno.test("rehearse:rate-limit fails at the first request, rehearse:hang never answers", async () => {
  const limited = await play("Ask rehearse:rate-limit");
  assert.deepEqual(limited.tools, []);
  assert.equal(limited.last.kind === "failure" && limited.last.status, 429);
  assert.equal((await play("Ask rehearse:hang")).last.kind, "silence");
});

Deno.test("rehearse:slow sleeps with heartbeats and hands off", async () => {
  const { tools, handoff } = await play("Wait rehearse:slow=0.2");
  assert.deepEqual(tools, ["kanban_show", "terminal", "kanban_heartbeat", "kanban_complete"]);
  assert.match(handoff?.summary ?? "", /0\.2 s/);
});

Deno.test("rehearse:children creates two follow-ups and names their ids", async () => {
  const { created, handoff } = await play("Split rehearse:children");
  assert.equal(created.length, 2);
  assert.deepEqual(handoff?.metadata.created, ["t_00000001", "t_00000002"]);
});

Deno.test("rehearse:secret hands off something shaped like a key", async () => {
  const { handoff } = await play("Leak rehearse:secret");
  assert.match(handoff?.summary ?? "", /sk-[a-z0-9-]{20,}/);
});

Deno.test("rehearse:endless calls tools until somebody stops it", async () => {
  const { tools, handoff } = await play("Spin rehearse:endless");
  assert.equal(tools.length, 60);
  assert.equal(handoff, null);
});
