// Owns: the lanes that come with hermes. Plain data, after what each program documents about itself.

import type { ManifestInput } from "./manifest.ts";

const busy =
  "(rate.?limit|usage limit|hit your (session |weekly |usage )?limit|too many requests|\\b429\\b|overloaded|quota|resource.?exhausted)";

const claude: ManifestInput = {
  command: "claude",
  args: [
    ...["-p", "--output-format", "stream-json", "--verbose"],
    ...["--permission-mode", "acceptEdits", "--allowedTools", "mcp__hermes,Bash"],
    ["--model", "{model}"],
    ["--resume", "{session}"],
    "{mcp}",
    "{extra}",
  ],
  prompt: "stdin",
  inherit: ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN"],
  output: {
    format: "json_lines",
    session: [{ take: "session_id" }],
    // The result is now and then empty although something was said.
    final: [
      { when: { type: "result" }, take: "result" },
      { when: { type: "assistant" }, take: "message.content.*.text" },
    ],
    // Its own messages about failures are by "<synthetic>".
    model: [{ when: { type: "assistant" }, take: "message.model", pattern: "^([^<].*)$" }],
    input_tokens: [{
      when: { type: "result" },
      take: [
        "usage.input_tokens",
        "usage.cache_creation_input_tokens",
        "usage.cache_read_input_tokens",
      ],
    }],
    output_tokens: [{ when: { type: "result" }, take: "usage.output_tokens" }],
    cost_usd: [{ when: { type: "result" }, take: "total_cost_usd" }],
    failed: [{ when: { type: "result", is_error: true } }],
    error: [
      { when: { type: "result", is_error: true }, take: "result" },
      { when: { type: "result", is_error: true }, take: "errors.0" },
      { when: { type: "result", is_error: true }, take: "subtype" },
    ],
    rate_limit: [
      { when: { "type": "rate_limit_event", "rate_limit_info.status": ["rejected", "denied"] } },
      { when: { type: "result", is_error: true }, take: "result", pattern: busy },
      { pattern: `^(?!\\s*\\{).*${busy}` },
    ],
    retry_at: [
      { when: { type: "rate_limit_event" }, take: "rate_limit_info.resetsAt" },
      { when: { type: "result" }, take: "result", pattern: "limit reached\\|(\\d{10})" },
    ],
  },
  stop: { signal: "SIGINT" },
  mcp: { format: "mcpServers", args: ["--mcp-config", "{mcp_config}"] },
  install: "npm install -g @anthropic-ai/claude-code",
};

const codex: ManifestInput = {
  command: "codex",
  args: [
    ...["exec", "--json", "--skip-git-repo-check", "--sandbox", "workspace-write"],
    ["--model", "{model}"],
    "{mcp}",
    "{extra}",
    ["resume", "{session}"],
    "-",
  ],
  prompt: "stdin",
  inherit: ["OPENAI_API_KEY", "CODEX_API_KEY"],
  output: {
    format: "json_lines",
    session: [{ when: { type: "thread.started" }, take: "thread_id" }],
    final: [{
      when: { "type": "item.completed", "item.type": "agent_message" },
      take: "item.text",
    }],
    // A turn tells what the whole thread has used.
    counts: "session",
    input_tokens: [{ when: { type: "turn.completed" }, take: "usage.input_tokens" }],
    output_tokens: [{ when: { type: "turn.completed" }, take: "usage.output_tokens" }],
    failed: [{ when: { type: "turn.failed" } }],
    error: [
      { when: { type: "turn.failed" }, take: "error.message" },
      { when: { type: "error" }, take: "message" },
    ],
    rate_limit: [
      { when: { type: "turn.failed" }, take: "error.message", pattern: busy },
      { when: { type: "error" }, take: "message", pattern: busy },
      { pattern: `^(?!\\s*\\{).*${busy}` },
    ],
  },
  stop: { signal: "SIGINT" },
  mcp: {
    args: [
      ...["-c", "mcp_servers.hermes.command={mcp_command}"],
      ...["-c", "mcp_servers.hermes.args={mcp_args}"],
      ...["-c", "mcp_servers.hermes.env={mcp_env}"],
      // Without it calls are cancelled: nobody is there to approve them.
      ...["-c", 'mcp_servers.hermes.default_tools_approval_mode="approve"'],
    ],
  },
  install: "npm install -g @openai/codex",
};

const gemini: ManifestInput = {
  command: "gemini",
  args: [
    ...["-p", "Work on the task given above.", "--output-format", "stream-json"],
    ...["--approval-mode", "yolo"],
    ["--model", "{model}"],
    ["--resume", "{session}"],
    "{extra}",
  ],
  prompt: "stdin",
  // A folder made for a task cannot have been trusted by hand.
  env: { GEMINI_CLI_TRUST_WORKSPACE: "true" },
  inherit: ["GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_CLOUD_PROJECT"],
  output: {
    format: "json_lines",
    session: [{ when: { type: "init" }, take: "session_id" }],
    model: [{ when: { type: "init" }, take: "model" }],
    final: [{ when: { type: "message", role: "assistant" }, take: "content", mode: "append" }],
    input_tokens: [{ when: { type: "result" }, take: "stats.input_tokens" }],
    output_tokens: [{ when: { type: "result" }, take: "stats.output_tokens" }],
    failed: [{ when: { type: "result", status: "error" } }],
    error: [
      { when: { type: "result", status: "error" }, take: "error.message" },
      { when: { type: "error", severity: "error" }, take: "message" },
    ],
    rate_limit: [
      { when: { type: "result", status: "error" }, take: "error.message", pattern: busy },
      { when: { type: "error" }, take: "message", pattern: busy },
      { pattern: `^(?!\\s*\\{).*${busy}` },
    ],
  },
  mcp: { format: "mcpServers", env: { GEMINI_CLI_SYSTEM_DEFAULTS_PATH: "{mcp_config}" } },
  install: "npm install -g @google/gemini-cli",
};

const opencode: ManifestInput = {
  command: "opencode",
  args: [
    ...["run", "--format", "json"],
    ["--model", "{model}"],
    ["--session", "{session}"],
    "{extra}",
  ],
  prompt: "stdin",
  inherit: ["ANTHROPIC_API_KEY", "OPENAI_API_KEY", "OPENROUTER_API_KEY", "GEMINI_API_KEY"],
  output: {
    format: "json_lines",
    session: [{ take: "sessionID" }],
    final: [{ when: { type: "text" }, take: "part.text" }],
    input_tokens: [{
      when: { type: "step_finish" },
      take: ["part.tokens.input", "part.tokens.cache.read", "part.tokens.cache.write"],
      mode: "sum",
    }],
    output_tokens: [{
      when: { type: "step_finish" },
      take: ["part.tokens.output", "part.tokens.reasoning"],
      mode: "sum",
    }],
    cost_usd: [{ when: { type: "step_finish" }, take: "part.cost", mode: "sum" }],
    failed: [{ when: { type: "error" } }],
    error: [
      { when: { type: "error" }, take: "error.data.message" },
      { when: { type: "error" }, take: "error.name" },
    ],
    rate_limit: [
      { when: { type: "error" }, take: "error.data.message", pattern: busy },
      { when: { "type": "error", "error.data.statusCode": [429, 503, 529] } },
      { pattern: `^(?!\\s*\\{).*${busy}` },
    ],
  },
  mcp: { format: "opencode", env: { OPENCODE_CONFIG_CONTENT: "{mcp_json}" } },
  install: "npm install -g opencode-ai",
};

const shell: ManifestInput = {
  command: "sh",
  args: ["-c", "{script}"],
  prompt: "stdin",
  output: { format: "text" },
  version: [],
};

/** Name → manifest. */
export const builtinManifests: Readonly<Record<string, ManifestInput>> = {
  claude,
  codex,
  gemini,
  opencode,
  shell,
};
