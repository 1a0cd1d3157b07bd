// Owns: a stand-in for Claude Code in print mode: its flags, its stream of JSON lines, its exit statuses.

import { callTool } from "../../../src/rehearsal/lane/mcp_call.ts";
import { flagsOf, json, note, readStdin } from "./stage.ts";

if (Deno.args[0] === "--version") {
  console.log("2.1.172 (Claude Code)");
  Deno.exit(0);
}
const flags = flagsOf({
  alone: ["-p", "--verbose"],
  valued: [
    "--output-format",
    "--permission-mode",
    "--allowedTools",
    "--model",
    "--resume",
    "--mcp-config",
    "--max-turns",
  ],
});
if (!flags.has("-p")) throw new Error("not in print mode");
if (flags.get("--output-format") !== "stream-json" || !flags.has("--verbose")) {
  console.error("Error: When using --print, --output-format=stream-json requires --verbose");
  Deno.exit(1);
}
const prompt = await readStdin();
await note({ program: "claude", args: Deno.args, prompt });
const resumed = flags.get("--resume");
const session = resumed ?? "20dde46c-b21a-4475-ac07-6a190b80c4e3";
const model = flags.get("--model") ?? "claude-sonnet-4-5";
const base = { session_id: session, uuid: "u" };

json({ type: "system", subtype: "init", cwd: Deno.cwd(), tools: ["Bash"], model, ...base });
const say = (text: string) =>
  json({
    type: "assistant",
    message: {
      id: "msg_1",
      type: "message",
      role: "assistant",
      model,
      content: [{ type: "text", text }],
      usage: { input_tokens: 3, output_tokens: 7 },
    },
    parent_tool_use_id: null,
    ...base,
  });
const result = (parts: Record<string, unknown>) =>
  json({
    type: "result",
    subtype: "success",
    is_error: false,
    duration_ms: 4047,
    num_turns: 2,
    result: "",
    total_cost_usd: 0.079,
    usage: {
      input_tokens: 10,
      cache_creation_input_tokens: 200,
      cache_read_input_tokens: 3000,
      output_tokens: 55,
    },
    permission_denials: [],
    ...base,
    ...parts,
  });
/** Claude Code warns long before it stops. */
const limit = (status: string, resetsAt = 4_000_000_000) =>
  json({
    type: "rate_limit_event",
    rate_limit_info: { status, resetsAt, rateLimitType: "five_hour", isUsingOverage: false },
    ...base,
  });

async function complete(summary: string): Promise<void> {
  const file = flags.get("--mcp-config");
  if (file === undefined) throw new Error("no --mcp-config");
  const { hermes } = JSON.parse(await Deno.readTextFile(file)).mcpServers;
  const answer = await callTool(hermes, "kanban_complete", { summary });
  json({
    type: "user",
    message: { role: "user", content: [{ type: "tool_result", content: answer.text }] },
    ...base,
  });
  if (answer.failed) throw new Error(answer.text);
}

switch (Deno.env.get("FAKE_MODE")) {
  case "silent":
    say("I think that is all.");
    result({ result: "I think that is all." });
    break;
  case "nudged":
    if (resumed === undefined) say("I think that is all.");
    else await complete("finished after a reminder");
    result({ result: "ok" });
    break;
  case "limit":
    if (resumed !== undefined) {
      await complete(`went on with ${resumed}`);
      result({ result: "ok" });
      break;
    }
    limit("rejected");
    result({ is_error: true, result: "You've hit your limit · resets 12pm (Europe/London)" });
    Deno.exit(1);
    break;
  case "warned":
    limit("allowed_warning");
    say("working");
    result({ subtype: "error_during_execution", is_error: true, result: "the build is broken" });
    Deno.exit(1);
    break;
  case "talk": {
    // Says something every now and then, and leaves a child of its own behind.
    new Deno.Command("sleep", { args: ["600"] }).spawn().unref();
    for (;;) {
      say("still at it");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  default:
    limit("allowed_warning");
    say("The notes are in NOTES.md.");
    await Deno.writeTextFile("NOTES.md", "notes");
    await complete("The notes are in NOTES.md");
    console.log(`token ${Deno.env.get("SOME_API_KEY")}`);
    result({ result: "The notes are in NOTES.md." });
}
