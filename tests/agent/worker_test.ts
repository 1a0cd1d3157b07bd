// Owns: proof of whole runs: worker, real model client, rehearsal model over HTTP, board double.

import assert from "node:assert/strict";
import { runWorker, workerExit, type WorkerOptions } from "../../src/agent/worker.ts";
import { ManualClock, systemClock } from "../../src/base/clock.ts";
import { HermesError } from "../../src/base/errors.ts";
import { createLog } from "../../src/base/log.ts";
import { defaultConfig } from "../../src/config/defaults.ts";
import { createModelClient } from "../../src/llm/client.ts";
import { startRehearsal } from "../../src/rehearsal/server.ts";
import { type BoardDouble, boardDouble } from "./board_double.ts";
import { scriptedModel } from "./double.ts";

interface World {
  board: BoardDouble;
  exit: number;
  log: string[];
  transcript: Array<Record<string, unknown>>;
  requests: number;
}

interface Setting {
  runs?: Array<Record<string, unknown>>;
  options?: Partial<WorkerOptions> & { maxTurns?: number };
  /** Called with everything before the run starts. */
  prepare?: (world: { board: BoardDouble; options: WorkerOptions }) => void;
  inspect?: (workspace: string) => Promise<void>;
}

/** Runs one worker on a task with this title, in a home of its own. */
async function work(title: string, setting: Setting = {}): Promise<World> {
  const home = await Deno.realPath(await Deno.makeTempDir());
  const server = await startRehearsal();
  const log: string[] = [];
  const key = "rehearsal-provider-key";
  const { maxTurns = defaultConfig.agent.max_turns, ...given } = setting.options ?? {};
  try {
    const workspace = `${home}/workspace`;
    await Deno.mkdir(workspace);
    const board = boardDouble({ title, workspace }, setting.runs);
    const settings = {
      provider: "custom",
      model: "rehearsal",
      baseUrl: server.url,
      apiKey: key,
      apiKeyEnv: "",
      timeoutSeconds: 20,
      maxRetries: 1,
      extraBody: {},
    };
    const options: WorkerOptions = {
      taskId: "t_0000abcd",
      runId: 1,
      profile: "ops",
      persona: null,
      skills: [],
      board,
      client: createModelClient(settings, { sleep: () => Promise.resolve() }),
      model: "rehearsal",
      workspace,
      logsRoot: `${home}/logs`,
      agent: { ...defaultConfig.agent, max_turns: maxTurns },
      prices: () => ({ input_per_million: 1_000_000, output_per_million: 0 }),
      commandEnv: { PATH: Deno.env.get("PATH") ?? "" },
      toolsets: [],
      skillTool: null,
      secrets: [key],
      clock: systemClock,
      log: createLog((level, message, fields) =>
        log.push(`${level} ${message} ${fields ? JSON.stringify(fields) : ""}`)
      ),
      signal: new AbortController().signal,
      ...given,
    };
    setting.prepare?.({ board, options });
    const exit = await runWorker(options);
    await setting.inspect?.(workspace);
    const lines = await Deno.readTextFile(`${home}/logs/t_0000abcd.1.jsonl`);
    const transcript = lines.trimEnd().split("\n").map((line) => JSON.parse(line));
    return { board, exit, log, transcript, requests: server.requests() };
  } finally {
    await server.stop();
    await Deno.remove(home, { recursive: true });
  }
}

Deno.test("S-202 runWorker() reads its task, does the work in the workspace and hands off", async () => {
  const { board, exit, transcript, requests } = await work("Write the notes", {
    async inspect(workspace) {
      const notes = await Deno.readTextFile(`${workspace}/write-the-notes.md`);
      assert.match(notes, /^# Write the notes\n/);
    },
  });
  assert.equal(exit, workerExit.done);
  assert.deepEqual(board.calls.map((call) => call.tool), ["kanban_show", "kanban_complete"]);
  assert.match(String(board.calls[1]?.args.summary), /^Wrote \d+ lines/);
  assert.equal(requests, 4, "no request after the handoff");
  assert.equal(transcript[0]?.kind, "start");
  assert.deepEqual(transcript.filter((line) => line.kind === "call").map((line) => line.tool), [
    "kanban_show",
    "write_file",
    "terminal",
    "kanban_complete",
  ]);
  const { at: _at, ...end } = transcript.at(-1)!;
  assert.deepEqual(end, { kind: "end", reason: "finished", turns: 4 });
});

Deno.test("runWorker() records model, tokens and cost of the whole run", async () => {
  const { board, transcript } = await work("Write the notes");
  const usage = transcript.filter((line) => line.kind === "usage");
  const input = usage.reduce((sum, line) => sum + Number(line.inputTokens), 0);
  assert.ok(input > 0 && usage.length === 4);
  assert.equal(board.usage?.model, "rehearsal");
  assert.equal(board.usage?.inputTokens, input);
  assert.equal(board.usage?.cost, input);
});

Deno.test("S-209 a worker's first message names its task and carries the brief", async () => {
  const { transcript } = await work("Write the notes");
  const [system, user] = transcript.filter((line) => line.kind === "message");
  assert.match(String(system?.text), /# Working on the task board/);
  assert.match(
    String(user?.text),
    /^work kanban task t_0000abcd\n\n# Kanban task t_0000abcd: Write/,
  );
});

Deno.test("S-203 a worker that blocks ends its run with exit 0", async () => {
  const { board, exit } = await work("Paint rehearse:block");
  assert.deepEqual([board.calls.at(-1)?.tool, exit], ["kanban_block", workerExit.done]);
});

Deno.test("P-009 U-030 a worker that stops without a word is reminded twice, then exits 0 with the run open", async () => {
  const { board, exit, transcript, log } = await work("Leave rehearse:quit");
  assert.equal(exit, workerExit.done);
  assert.deepEqual(board.calls.map((call) => call.tool), ["kanban_show"]);
  assert.equal(await board.isClosed(), false);
  const reminders = transcript.filter((line) => line.kind === "message" && line.role === "user");
  assert.equal(reminders.length, 3, "the task and two reminders");
  assert.match(log.at(-1)!, /^warn .*without kanban_complete or kanban_block/);
});

Deno.test("U-031 P-010 a provider that stays rate limited ends the run with exit 75", async () => {
  const { board, exit, requests, log } = await work("Ask rehearse:rate-limit");
  assert.equal(exit, 75);
  assert.equal(requests, 2, "one retry");
  assert.deepEqual(board.calls, []);
  assert.match(log.at(-1)!, /^error Cannot call model/);
});

Deno.test("U-031 a provider that stays broken with 5xx counts as busy, a refused key does not", async () => {
  for (const [status, expected] of [[502, 75], [401, 1]]) {
    const failure = new HermesError("unavailable", "Cannot call model", { details: { status } });
    const { exit } = await work("Any", { options: { client: scriptedModel([failure]) } });
    assert.equal(exit, expected, String(status));
  }
});

Deno.test("a worker that never stops calling tools is ended by the turn limit with exit 1", async () => {
  const { exit, requests, log } = await work("Spin rehearse:endless", { options: { maxTurns: 5 } });
  assert.deepEqual([exit, requests], [workerExit.failed, 5]);
  assert.match(log.at(-1)!, /turn limit was reached after 5 turns/);
});

Deno.test("P-060 what a worker hands off is masked in log and transcript", async () => {
  const { log, transcript } = await work("Leak rehearse:secret");
  const written = JSON.stringify([log, transcript]);
  assert.doesNotMatch(written, /0123456789abcdef/);
  assert.match(written, /Connected with \[redacted\]/);
});

Deno.test("P-060 the provider's key is masked even when a command prints it", async () => {
  const key = "rehearsal-provider-key";
  const client = scriptedModel([
    [["terminal", { command: `echo ${key}` }]],
    [["kanban_complete", { summary: "done" }]],
  ]);
  const { transcript } = await work("Print", { options: { client } });
  assert.doesNotMatch(JSON.stringify(transcript), new RegExp(key));
  assert.match(JSON.stringify(transcript), /\[redacted\]\\\\n/);
});

Deno.test("P-013 a worker whose run was taken away stops at its next heartbeat", async () => {
  const clock = new ManualClock();
  const { exit, board, transcript } = await work("Spin rehearse:endless", {
    options: { clock },
    prepare({ board, options }) {
      // The run is closed from outside after the task was read; the loop's own look is blinded.
      const show = board.kanbanTools[0]!;
      const run = show.run.bind(show);
      show.run = (args, signal) => {
        board.takeAway();
        clock.advance(options.agent.heartbeat_seconds + 1);
        return run(args, signal);
      };
      board.isClosed = () => Promise.resolve(false);
    },
  });
  assert.equal(exit, workerExit.failed);
  assert.equal(board.heartbeats, 1);
  assert.equal(transcript.at(-1)?.reason, "aborted");
});

Deno.test("P-018 a worker asked to end leaves a hanging model call at once", async () => {
  const stop = new AbortController();
  const { exit, transcript } = await work("Wait rehearse:hang", {
    options: { signal: stop.signal },
    prepare({ board }) {
      const show = board.kanbanTools[0]!;
      const run = show.run.bind(show);
      show.run = async (args, signal) => {
        const shown = await run(args, signal);
        setTimeout(() => stop.abort(new Error("SIGTERM")), 20);
        return shown;
      };
    },
  });
  assert.equal(exit, workerExit.failed);
  assert.equal(transcript.at(-1)?.reason, "aborted");
});
