// Owns: proof of how the agent is started: mode, model, prompt and environment from a real home.

import assert from "node:assert/strict";
import { type AgentCommand, startAgent } from "../../src/agent/start.ts";
import { systemClock } from "../../src/base/clock.ts";
import { silentLog } from "../../src/base/log.ts";
import { resolvePaths } from "../../src/config/paths.ts";
import { startRehearsal } from "../../src/rehearsal/server.ts";
import { type BoardDouble, boardDouble } from "./board_double.ts";

interface Started {
  exit: number;
  board: BoardDouble;
  opened: Array<[string, number]>;
  /** The run's transcript. */
  transcript(): Promise<Array<Record<string, unknown>>>;
  workspace: string;
}

interface Setting {
  query?: string;
  title?: string;
  config?: string;
  profileConfig?: string;
  skills?: string[];
  env?: Record<string, string>;
  files?: Record<string, string>;
  /** What the task says about its model. */
  model?: { name: string | null; provider: string | null };
}

const task = "t_0000abcd";
const asWorker = { HERMES_KANBAN_TASK: task, HERMES_KANBAN_RUN_ID: "7" };

/** Starts the agent as profile `ops` in a home of its own, with a rehearsal model configured. */
async function start(setting: Setting, check: (started: Started) => Promise<void> | void) {
  const home = await Deno.realPath(await Deno.makeTempDir());
  const server = await startRehearsal();
  try {
    const workspace = `${home}/work`;
    const model = `model: {provider: custom, default: rehearsal, base_url: "${server.url}", ` +
      `api_key_env: MY_KEY}\n`;
    const files = {
      "config.yaml": model + (setting.config ?? ""),
      "profiles/ops/config.yaml": setting.profileConfig ?? "",
      ...setting.files,
    };
    await Deno.mkdir(workspace);
    for (const [name, text] of Object.entries(files)) {
      await Deno.mkdir(`${home}/${name}`.replace(/\/[^/]+$/, ""), { recursive: true });
      await Deno.writeTextFile(`${home}/${name}`, text, { mode: 0o755 });
    }
    const env = {
      HERMES_HOME: home,
      PATH: `${home}/bin:${Deno.env.get("PATH")}`,
      MY_KEY: "my-provider-key",
      HERMES_KANBAN_WORKSPACE: workspace,
      ...setting.env,
    };
    const board = boardDouble({ title: setting.title ?? "Note it", workspace });
    board.model = setting.model;
    const paths = resolvePaths(env, { profile: "ops" });
    const opened: Started["opened"] = [];
    const command: AgentCommand = {
      query: setting.query ?? `work kanban task ${task}`,
      skills: setting.skills ?? [],
      paths,
      env,
      workingDir: workspace,
      workerBoard(taskId, runId) {
        opened.push([taskId, runId]);
        return Promise.resolve(board);
      },
      clock: systemClock,
      log: silentLog,
      signal: new AbortController().signal,
    };
    const exit = await startAgent(command);
    const transcript = async () => {
      const text = await Deno.readTextFile(`${paths.logsRoot}/${task}.7.jsonl`);
      return text.trimEnd().split("\n").map((line) => JSON.parse(line));
    };
    await check({ exit, board, opened, transcript, workspace });
  } finally {
    await server.stop();
    await Deno.remove(home, { recursive: true });
  }
}

Deno.test("S-094 S-213 startAgent() works on the task of its environment with persona and skills", async () => {
  await start({
    env: asWorker,
    skills: ["kanban-worker", "house-style"],
    files: {
      "profiles/ops/SOUL.md": "You are Olu, who keeps machines running.\n",
      "profiles/ops/skills/house-style/SKILL.md": "---\nname: house-style\n---\nBe brief.\n",
    },
  }, async ({ exit, board, opened, transcript, workspace }) => {
    assert.equal(exit, 0);
    assert.deepEqual(opened, [[task, 7]]);
    assert.equal(board.calls.at(-1)?.tool, "kanban_complete");
    assert.ok((await Deno.stat(`${workspace}/note-it.md`)).isFile);
    const prompt = String((await transcript())[1]?.text);
    assert.match(
      prompt,
      /^You are Olu, who keeps machines running\.\n\n# Working on the task board/,
    );
    assert.match(prompt, /# Skill: kanban-worker\n[^]*# Skill: house-style\n\nBe brief\.\n$/);
  });
});

Deno.test("startAgent() keeps a worker to the toolsets of its profile, whatever the model calls", async () => {
  await start({
    env: asWorker,
    config: "agent: {max_turns: 4}\n",
    profileConfig: "toolsets: [kanban]\n",
  }, async ({ board, transcript, workspace }) => {
    const called = board.calls.map((call) => call.tool);
    assert.ok(called.includes("kanban_show"), "its own task it may handle");
    assert.match(JSON.stringify(await transcript()), /There is no tool [\\"]+write_file/);
    assert.deepEqual([...Deno.readDirSync(workspace)], [], "nothing was written");
  });
});

Deno.test("U-034 startAgent() keeps commands within the time the run has left", async () => {
  await start({
    env: { ...asWorker, TERMINAL_TIMEOUT: "1" },
    title: "Wait rehearse:slow=3",
    config: "agent: {max_turns: 3}\n",
    // Three rounds of one second each would not be cut; one long sleep is.
    files: { "bin/sleep": "#!/bin/sh\nexec /bin/sleep 60\n" },
  }, async ({ exit, transcript }) => {
    assert.equal(exit, 1, "the turn limit ends it");
    assert.match(JSON.stringify(await transcript()), /timed_out_after_seconds\\":1/);
  });
});

Deno.test("P-060 startAgent() keeps the provider's key out of the environment of commands", async () => {
  await start({
    env: asWorker,
    title: "Wait rehearse:slow=0.1",
    files: { "bin/sleep": "#!/bin/sh\nenv > env.txt\n" },
  }, async ({ exit, workspace }) => {
    assert.equal(exit, 0);
    const env = await Deno.readTextFile(`${workspace}/env.txt`);
    assert.match(env, /^HERMES_KANBAN_TASK=t_0000abcd$/m);
    assert.doesNotMatch(env, /MY_KEY|my-provider-key/);
  });
});

Deno.test("startAgent() refuses a task without a usable run id, an unknown skill and no model", async () => {
  const cases: Array<[Setting, RegExp]> = [
    [{ query: "Hi", env: asWorker }, /Cannot work on "Hi": it names no task/],
    [{ env: { HERMES_KANBAN_TASK: task } }, /Cannot work on task "t_0000abcd": no run id/],
    [{ env: { ...asWorker, HERMES_KANBAN_RUN_ID: "x" } }, /run id "x" is not a number/],
    [{ env: asWorker, skills: ["house-stile"] }, /Cannot load skill "house-stile"/],
    [{ env: { ...asWorker, MY_KEY: "" } }, /MY_KEY is not set/],
    [{ env: asWorker, config: "agent: {max_turns: many}\n" }, /max_turns/],
  ];
  for (const [setting, message] of cases) {
    await assert.rejects(start(setting, () => {}), message);
  }
});

Deno.test("U-063 startAgent() works with the model and provider that the task names", async () => {
  // A provider's own endpoint: what was configured for another one is not used with it.
  const cases: Array<[Setting["model"], RegExp | null, string | null]> = [
    [{ name: "rehearsal-plain", provider: null }, null, "rehearsal-plain"],
    [{ name: null, provider: "custom" }, null, "rehearsal"],
    [{ name: "gpt-4.1", provider: "openai" }, /OPENAI_API_KEY is not set/, null],
    [{ name: "gpt-4.1", provider: "nobody" }, /provider "nobody" is unknown/, null],
  ];
  for (const [model, failure, used] of cases) {
    const begun = start({ env: asWorker, model }, async ({ exit, transcript }) => {
      assert.equal(exit, 0);
      assert.equal((await transcript())[0]?.model, used);
    });
    if (failure) await assert.rejects(begun, failure);
    else await begun;
  }
});

Deno.test("U-009 HERMES_KANBAN_STOP_NUDGE says how often a worker that stops is reminded", async () => {
  for (
    const [value, reminders] of [["0", 0], ["off", 0], ["1", 1], ["9", 2], ["odd", 2]] as const
  ) {
    const env = { ...asWorker, HERMES_KANBAN_STOP_NUDGE: value };
    await start({ env, title: "Leave rehearse:quit" }, async ({ transcript }) => {
      const told = (await transcript()).filter((line) => line.role === "user");
      assert.equal(told.length, 1 + reminders, value);
    });
  }
});

Deno.test("P-068 commands of a worker are marked, so that the board knows a model runs them", async () => {
  await start({
    env: asWorker,
    title: "Wait rehearse:slow=0.1",
    files: { "bin/sleep": "#!/bin/sh\nenv > env.txt\n" },
  }, async ({ workspace }) => {
    const written = await Deno.readTextFile(`${workspace}/env.txt`);
    assert.match(written, /^HERMES_KANBAN_TERMINAL=1$/m);
  });
});
