// Owns: a stand-in for Gemini CLI in headless mode: its flags, its stream of JSON lines, its exit statuses.

import { callTool } from "../../../src/rehearsal/lane/mcp_call.ts";
import { flagsOf, json, note, readStdin } from "./stage.ts";

const flags = flagsOf({
  alone: [],
  valued: ["-p", "--output-format", "--approval-mode", "--model", "--resume"],
});
if (Deno.env.get("GEMINI_CLI_TRUST_WORKSPACE") !== "true") {
  console.error("Gemini CLI is not running in a trusted directory.");
  Deno.exit(55);
}
if (flags.get("--output-format") !== "stream-json") Deno.exit(42);
const prompt = await readStdin();
await note({ program: "gemini", args: Deno.args, prompt });
if (Deno.env.get("FAKE_MODE") === "forgetful" && flags.has("--resume")) {
  console.error("Error resuming session: No previous sessions found for this project.");
  Deno.exit(42);
}
const timestamp = "2026-10-10T10:00:00.000Z";
const event = (parts: Record<string, unknown>) => json({ timestamp, ...parts });
event({
  type: "init",
  session_id: "7b1c3f9e-gemini",
  model: flags.get("--model") ?? "gemini-2.5-pro",
});
event({ type: "message", role: "user", content: prompt });
const stats = {
  total_tokens: 25113,
  input_tokens: 24939,
  output_tokens: 174,
  cached: 21263,
  input: 3676,
  duration_ms: 5053,
  tool_calls: 1,
};

if (Deno.env.get("FAKE_MODE") === "limit") {
  const error = { type: "Error", message: "You have exhausted your capacity: RESOURCE_EXHAUSTED" };
  event({ type: "result", status: "error", error, stats });
  Deno.exit(1);
}
const settings = await Deno.readTextFile(Deno.env.get("GEMINI_CLI_SYSTEM_DEFAULTS_PATH")!);
const { hermes } = JSON.parse(settings).mcpServers;
if (hermes.trust !== true) throw new Error("its tools are not trusted");
event({ type: "message", role: "assistant", content: "I will ", delta: true });
event({ type: "message", role: "assistant", content: "ask.", delta: true });
const { text } = await callTool(hermes, "kanban_block", {
  reason: "Which of the two logos?",
  kind: "needs_input",
});
event({ type: "tool_result", tool_id: "t1", status: "success", output: text });
event({ type: "result", status: "success", stats });
