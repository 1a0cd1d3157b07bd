// Owns: a stand-in for `codex exec --json`: its flags, its events, its exit statuses.

import { callTool, findServer } from "../../../src/rehearsal/lane/mcp_call.ts";
import { flagsOf, json, note, readStdin } from "./stage.ts";

const flags = flagsOf({
  alone: ["--json", "--skip-git-repo-check"],
  valued: ["--sandbox", "--model", "-c"],
});
const [verb, ...rest] = flags.rest;
if (verb !== "exec" || rest.at(-1) !== "-" || !flags.has("--json")) {
  console.error(`error: unexpected argument ${flags.rest.join(" ")}`);
  Deno.exit(2);
}
const resumed = rest[0] === "resume" ? rest[1] : undefined;
const settings = flags.all("-c");
if (!settings.includes('mcp_servers.hermes.default_tools_approval_mode="approve"')) {
  throw new Error("its tools are not approved");
}
const prompt = await readStdin();
await note({ program: "codex", args: Deno.args, prompt });
json({ type: "thread.started", thread_id: resumed ?? "0199a213-81c0-7800-8aa1-bbab2a035a53" });
json({ type: "turn.started" });
json({ type: "item.completed", item: { id: "item_0", type: "reasoning", text: "**Looking**" } });

switch (Deno.env.get("FAKE_MODE")) {
  case "limit":
    json({ type: "error", message: "Reconnecting... 1/5" });
    json({
      type: "turn.failed",
      error: { message: "exceeded retry limit, last status: 429 Too Many Requests" },
    });
    Deno.exit(1);
    break;
  case "crash":
    json({ type: "turn.failed", error: { message: "stream disconnected before completion" } });
    Deno.exit(1);
    break;
  default: {
    const server = await findServer(Deno.args, {});
    if (server === null) throw new Error("no MCP server");
    const call = {
      server: "hermes",
      tool: "kanban_complete",
      arguments: {},
      status: "in_progress",
    };
    json({ type: "item.started", item: { id: "item_1", type: "mcp_tool_call", ...call } });
    const asks = Deno.env.get("FAKE_MODE") === "ask" && resumed === undefined;
    const answer = asks
      ? await callTool(server, "kanban_block", { reason: "Which one?", kind: "needs_input" })
      : await callTool(server, "kanban_complete", { summary: "codex did it" });
    json({
      type: "item.completed",
      item: {
        id: "item_1",
        type: "mcp_tool_call",
        ...call,
        status: answer.failed ? "failed" : "completed",
      },
    });
    json({ type: "item.completed", item: { id: "item_2", type: "agent_message", text: "Done." } });
    // What the whole thread has used.
    const turns = resumed === undefined ? 1 : 2;
    json({
      type: "turn.completed",
      usage: {
        input_tokens: 24763 * turns,
        cached_input_tokens: 24448 * turns,
        output_tokens: 122 * turns,
      },
    });
  }
}
