// Owns: proof of how manifests become command lines, and of what programs are told about the board.

import assert from "node:assert/strict";
import { laneStart, type StartFacts } from "../../src/lanes/command_line.ts";
import { readLane } from "../../src/lanes/read_lane.ts";
import { fill, fillArgs, insertAt, unknownPlaceholders } from "../../src/lanes/template.ts";

const facts: StartFacts = {
  taskId: "t_1",
  runId: 7,
  profile: "ada",
  workspace: "/home/ana/t_1",
  model: null,
  session: null,
  prompt: "do $(rm -rf /) {task} it",
  promptFile: "/logs/t_1.7.prompt.md",
  mcpConfigFile: "/logs/t_1.7.mcp.json",
  self: ["/bin/hermes"],
  env: { PATH: "/bin", HERMES_KANBAN_TASK: 't "1"\n', OPENAI_API_KEY: "secret" },
};

function argv(worker: unknown, changes: Partial<StartFacts> = {}): string[] {
  return laneStart(readLane(worker, "test")!, { ...facts, ...changes }).argv;
}

Deno.test("fill: values are put in once and never looked at again", () => {
  assert.equal(
    fill("a {task} b {prompt}", { task: "{prompt}", prompt: "{task}" }),
    "a {prompt} b {task}",
  );
  assert.equal(
    fill("{session}|${HOME}|${task}|{{task}}|{}", { task: "x" }),
    "|${HOME}|${task}|{task}|{}",
  );
  assert.deepEqual(unknownPlaceholders('{task} {nope} {{nope}} ${nope} {"a":1}'), ["nope"]);
});

Deno.test("fillArgs: a group without a value is left out, a word alone is not", () => {
  const args = ["x", ["--model", "{model}"], ["--both", "{task}{session}"], "{session}"];
  assert.deepEqual(fillArgs(args, { task: "t" }), ["x", ""]);
  assert.deepEqual(fillArgs(args, { task: "t", session: "s", model: "m" }), [
    ...["x", "--model", "m", "--both", "ts", "s"],
  ]);
});

Deno.test("insertAt: at its mark, else at the end", () => {
  assert.deepEqual(insertAt(["a", "{extra}", "b"], "extra", ["x", "y"]), ["a", "x", "y", "b"]);
  assert.deepEqual(insertAt(["a"], "extra", ["x"]), ["a", "x"]);
  assert.deepEqual(insertAt(["a", "{extra}"], "extra", []), ["a"]);
});

Deno.test("laneStart: Claude Code's command line, fresh and continued", () => {
  assert.deepEqual(argv("claude"), [
    ...["claude", "-p", "--output-format", "stream-json", "--verbose"],
    ...["--permission-mode", "acceptEdits", "--allowedTools", "mcp__hermes,Bash"],
    ...["--mcp-config", "/logs/t_1.7.mcp.json"],
  ]);
  const more = argv({ lane: "claude", extra_args: ["--max-turns", "9"] }, {
    session: "s1",
    model: "opus",
  });
  assert.deepEqual(more.slice(9), [
    ...["--model", "opus", "--resume", "s1", "--mcp-config", "/logs/t_1.7.mcp.json"],
    ...["--max-turns", "9"],
  ]);
});

Deno.test("laneStart: Codex gets the board as settings, and reads its prompt from standard input", () => {
  const words = argv("codex", { session: "th_1" });
  assert.deepEqual(words.slice(-3), ["resume", "th_1", "-"]);
  assert.ok(words.includes('mcp_servers.hermes.command="/bin/hermes"'));
  assert.ok(words.includes('mcp_servers.hermes.args=["mcp"]'));
  const env = words.find((word) => word.startsWith("mcp_servers.hermes.env="));
  assert.equal(env, 'mcp_servers.hermes.env={"HERMES_KANBAN_TASK"="t \\"1\\"\\n","PATH"="/bin"}');
});

Deno.test("laneStart: the board's server is told of the run, so that what is written late is refused", () => {
  const run = {
    HERMES_HOME: "/h",
    HERMES_KANBAN_BOARD: "default",
    HERMES_KANBAN_DB: "/h/kanban.db",
    HERMES_KANBAN_TASK: "t_1",
    HERMES_KANBAN_RUN_ID: "7",
    HERMES_KANBAN_WORKSPACE: "/home/ana/t_1",
    HERMES_PROFILE: "ada",
    HERMES_RUN_MARKER: "m",
  };
  const claude = laneStart(readLane("claude", "test")!, { ...facts, env: { ...run, OTHER: "x" } });
  const { hermes } = JSON.parse(claude.files["/logs/t_1.7.mcp.json"]!).mcpServers;
  assert.deepEqual([hermes.command, hermes.args, hermes.env], ["/bin/hermes", ["mcp"], run]);
});

Deno.test("laneStart: no secret goes into what is written or shown for the board's server", () => {
  for (const lane of ["claude", "codex", "gemini", "opencode"]) {
    const { argv, files, env } = laneStart(readLane(lane, "test")!, facts);
    const { OPENAI_API_KEY, ...others } = env;
    assert.equal(OPENAI_API_KEY, "secret");
    assert.doesNotMatch(JSON.stringify([argv, files, others]), /secret/, lane);
  }
});

Deno.test("laneStart: a script and a prompt are words of their own, whatever is in them", () => {
  const shell = laneStart(readLane({ lane: "shell", script: "echo {prompt} $1" }, "test")!, facts);
  assert.deepEqual(shell.argv, ["sh", "-c", "echo {prompt} $1"]);
  assert.equal(shell.input, facts.prompt);
  const own = laneStart(
    readLane({ command: ["x", "y"], args: ["--do={prompt}"], prompt: "argument" }, "test")!,
    facts,
  );
  assert.deepEqual(own.argv, ["x", "y", "--do=do $(rm -rf /) {task} it"]);
  assert.equal(own.input, null);
  assert.deepEqual(own.files, {});
  const filed = laneStart(
    readLane({ command: "x", args: ["{prompt_file}"], prompt: "file" }, "test")!,
    facts,
  );
  assert.deepEqual(filed.files, { "/logs/t_1.7.prompt.md": facts.prompt });
});
