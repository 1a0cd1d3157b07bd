// Owns: a stand-in for `opencode run --format json`: its flags, its events.

import { callTool } from "../../../src/rehearsal/lane/mcp_call.ts";
import { flagsOf, json, note, readStdin } from "./stage.ts";

const flags = flagsOf({ alone: [], valued: ["--format", "--model", "--session"] });
if (flags.rest[0] !== "run" || flags.get("--format") !== "json") Deno.exit(1);
const prompt = await readStdin();
await note({ program: "opencode", args: Deno.args, prompt });
const sessionID = flags.get("--session") ?? "ses_6783457c2ffeICANaRjenHkVxv";
const event = (type: string, part: Record<string, unknown>) =>
  json({ type, timestamp: 1758919896305, sessionID, part: { sessionID, type, ...part } });
const step = (input: number, output: number, cost: number) =>
  event("step_finish", {
    reason: "stop",
    tokens: { input, output, reasoning: 5, cache: { write: 0, read: 100 } },
    cost,
  });

event("step_start", {});
if (Deno.env.get("FAKE_MODE") === "limit") {
  json({
    type: "error",
    timestamp: 1758919896305,
    sessionID,
    error: {
      name: "APIError",
      data: { message: "Overloaded", statusCode: 529, isRetryable: true },
    },
  });
  Deno.exit(1);
}
step(11000, 145, 0.007);
const { mcp } = JSON.parse(Deno.env.get("OPENCODE_CONFIG_CONTENT")!);
const { command: [command, ...args], environment, type } = mcp.hermes;
if (type !== "local") throw new Error("not a local server");
const answer = await callTool({ command, args, env: environment }, "kanban_complete", {
  summary: "opencode did it",
});
event("tool_use", { tool: "hermes_kanban_complete", state: { output: answer.text } });
event("text", { text: "All done." });
step(500, 20, 0.001);
