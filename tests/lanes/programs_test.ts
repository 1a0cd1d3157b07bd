// Owns: proof that agent programs can work as a profile: real processes, each program played after its documentation.

import assert from "node:assert/strict";
import { lives, until } from "../dispatcher/world.ts";
import { inLab, type Lab } from "./lab.ts";

/** Makes one attempt at a task, until it is over and its worker gone. */
async function attempt(lab: Lab, id: string): Promise<void> {
  const before = (await lab.runs(id)).length;
  await lab.dispatch({ maxSpawns: 1 });
  assert.equal((await lab.runs(id)).length, before + 1, "an attempt was begun");
  await until("the attempt is over", async () => {
    await lab.dispatch({ maxSpawns: 0 });
    const run = await lab.run(id);
    return run.ended_at !== null && !lab.deps.workers.isChild(run.id);
  });
}

async function log(lab: Lab, id: string): Promise<string> {
  return await Deno.readTextFile(lab.log(id));
}

Deno.test("a Claude Code worker finishes its task through the board's tools; usage, session and lane are on record", () =>
  inLab(async (lab) => {
    await lab.worker("description: writes\nworker: claude\n");
    const id = await lab.add({ title: "Write notes", body: "About the tide." });
    await attempt(lab, id);

    const [run, ...others] = await lab.runs(id);
    assert.equal(others.length, 0);
    assert.equal((await lab.task(id)).status, "done");
    assert.equal(run?.outcome, "completed");
    assert.equal(run?.summary, "The notes are in NOTES.md");
    assert.equal(run?.lane, "claude");
    assert.equal(run?.worker_session_id, "20dde46c-b21a-4475-ac07-6a190b80c4e3");
    assert.equal(run?.model, "claude-sonnet-4-5");
    assert.deepEqual([run?.input_tokens, run?.output_tokens, run?.cost_usd], [3210, 55, 0.079]);

    const [note] = await lab.notes();
    assert.match(note!.prompt, /About the tide\./);
    assert.match(note!.prompt, /kanban_complete/);
    assert.equal(note!.cwd, run && lab.file(id, "").replace(/\/$/, ""));
    assert.equal(note!.hermes["HERMES_KANBAN_TASK"], id);
    assert.equal(note!.hermes["HERMES_KANBAN_RUN_ID"], String(run?.id));
    assert.ok(!note!.args.includes("--resume"));

    const text = await log(lab, id);
    assert.match(text, /"type":"result"/);
    assert.match(text, /token \[redacted\]/);
    assert.doesNotMatch(text, /an-api-key-nobody-may-read/);
    for await (const { name } of Deno.readDir(lab.deps.paths.logsRoot)) {
      assert.doesNotMatch(name, /mcp\.json|prompt|exit/);
    }
  }));

Deno.test("U-031 a rate limit that Claude Code reports waits as long as it says, and the next attempt goes on with the conversation", () =>
  inLab(async (lab) => {
    await lab.worker("worker: claude\n");
    const id = await lab.add();
    await attempt(lab, id);
    const task = await lab.task(id);
    assert.deepEqual(await lab.outcomes(id), ["rate_limited"]);
    assert.equal(task.status, "ready");
    assert.equal(task.consecutive_failures, 0);
    // The fake says the year 2096; nobody waits longer than a day.
    assert.equal(task.not_before! - lab.clock.now(), 86_400);
    assert.match((await lab.run(id)).error ?? "", /hit your limit/);

    await lab.raw("UPDATE tasks SET not_before = NULL");
    await attempt(lab, id);
    assert.deepEqual(await lab.outcomes(id), ["rate_limited", "completed"]);
    assert.match((await lab.run(id)).summary ?? "", /went on with 20dde46c/);
    assert.match((await lab.notes())[1]!.prompt, /^Go on with kanban task/);
  }, { mode: "limit" }));

Deno.test("a warning about a limit is none: the failure after it is a crash, told in the program's words", () =>
  inLab(async (lab) => {
    await lab.worker("worker: claude\n");
    const id = await lab.add();
    await attempt(lab, id);
    assert.deepEqual(await lab.outcomes(id), ["crashed"]);
    assert.match(
      (await lab.run(id)).error ?? "",
      /claude exited with status 1: the build is broken/,
    );
  }, { mode: "warned" }));

Deno.test("U-030 a program that stops without a word is reminded twice in its conversation, then breaks the protocol", () =>
  inLab(async (lab) => {
    await lab.worker("worker: claude\n");
    const id = await lab.add();
    await attempt(lab, id);
    assert.deepEqual(await lab.outcomes(id), ["protocol_violation"]);
    assert.match((await lab.run(id)).error ?? "", /without completing.*I think that is all\./);
    const prompts = (await lab.notes()).map(({ prompt }) => prompt);
    assert.equal(prompts.length, 3);
    assert.match(prompts[1]!, /still open/);
    assert.match(prompts[2]!, /Last reminder/);
    // Each conversation is paid for.
    assert.equal((await lab.run(id)).output_tokens, 165);
  }, { mode: "silent" }));

Deno.test("U-030 a reminder can be enough", () =>
  inLab(async (lab) => {
    await lab.worker("worker: claude\n");
    const id = await lab.add();
    await attempt(lab, id);
    assert.deepEqual(await lab.outcomes(id), ["completed"]);
    assert.equal((await lab.run(id)).summary, "finished after a reminder");
  }, { mode: "nudged" }));

Deno.test("a lane's policy decides what exit 0 means: on_success complete takes the last words", () =>
  inLab(async (lab) => {
    await lab.worker("worker: {lane: claude, on_success: complete}\n");
    const id = await lab.add();
    await attempt(lab, id);
    assert.deepEqual(await lab.outcomes(id), ["completed"]);
    assert.equal((await lab.run(id)).summary, "I think that is all.");
  }, { mode: "silent" }));

Deno.test("a Codex worker is told of the board on its command line, and completes through it", () =>
  inLab(async (lab) => {
    await lab.worker("worker: codex\n");
    const id = await lab.add();
    await attempt(lab, id);
    const run = await lab.run(id);
    assert.deepEqual([run.outcome, run.summary, run.lane], ["completed", "codex did it", "codex"]);
    assert.equal(run.worker_session_id, "0199a213-81c0-7800-8aa1-bbab2a035a53");
    assert.deepEqual([run.input_tokens, run.output_tokens, run.cost_usd], [24763, 122, null]);
  }));

Deno.test("a Codex worker's rate limit and crash are told apart", async () => {
  await inLab(async (lab) => {
    await lab.worker("worker: codex\n");
    const id = await lab.add();
    await attempt(lab, id);
    assert.deepEqual(await lab.outcomes(id), ["rate_limited"]);
  }, { mode: "limit" });
  await inLab(async (lab) => {
    await lab.worker("worker: codex\n");
    const id = await lab.add();
    await attempt(lab, id);
    assert.deepEqual(await lab.outcomes(id), ["crashed"]);
    assert.match((await lab.run(id)).error ?? "", /stream disconnected/);
  }, { mode: "crash" });
});

Deno.test("S-177 a Codex thread that is gone on with is paid for once, although each turn tells of all of it", () =>
  inLab(async (lab) => {
    await lab.worker("worker: codex\n");
    const id = await lab.add();
    await attempt(lab, id);
    await lab.do(id, { type: "unblock", byHuman: true });
    await attempt(lab, id);
    const runs = await lab.runs(id);
    assert.deepEqual(runs.map(({ outcome }) => outcome), ["blocked", "completed"]);
    assert.deepEqual(runs.map(({ input_tokens }) => input_tokens), [24763, 24763]);
    assert.deepEqual(runs.map(({ output_tokens }) => output_tokens), [122, 122]);
  }, { mode: "ask" }));

Deno.test("a conversation that the program has forgotten costs no attempt: a new one is begun", () =>
  inLab(async (lab) => {
    await lab.worker("worker: gemini\n");
    const id = await lab.add();
    await attempt(lab, id);
    await lab.do(id, { type: "unblock", byHuman: true });
    await attempt(lab, id);
    const [, second] = await lab.outcomes(id);
    assert.equal(second, "blocked");
    const [, resumed, anew] = await lab.notes();
    assert.ok(resumed!.args.includes("--resume"));
    assert.ok(!anew!.args.includes("--resume"));
    assert.match(anew!.prompt, /Your task comes from a board/);
    assert.match(await log(lab, id), /the conversation before cannot be opened/);
  }, { mode: "forgetful" }));

Deno.test("a Gemini worker is told of the board by a settings file, and may block", () =>
  inLab(async (lab) => {
    await lab.worker("worker: {lane: gemini, extra_args: [--model, gemini-2.5-flash]}\n");
    const id = await lab.add();
    await attempt(lab, id);
    const run = await lab.run(id);
    assert.equal((await lab.task(id)).status, "blocked");
    assert.equal(run.summary ?? run.error, "Which of the two logos?");
    assert.deepEqual([run.input_tokens, run.output_tokens], [24939, 174]);
    assert.deepEqual([run.model, run.worker_session_id], ["gemini-2.5-flash", "7b1c3f9e-gemini"]);
  }));

Deno.test("an OpenCode worker is told of the board by a variable; its steps add up", () =>
  inLab(async (lab) => {
    await lab.worker("worker: opencode\n");
    const id = await lab.add();
    await attempt(lab, id);
    const run = await lab.run(id);
    assert.deepEqual([run.outcome, run.summary], ["completed", "opencode did it"]);
    assert.deepEqual([run.input_tokens, run.output_tokens], [11_700, 175]);
    assert.equal(run.cost_usd?.toFixed(6), "0.008000");
  }));

Deno.test("rate limits of Gemini and OpenCode are rate limits", async () => {
  for (const lane of ["gemini", "opencode"]) {
    await inLab(async (lab) => {
      await lab.worker(`worker: ${lane}\n`);
      const id = await lab.add();
      await attempt(lab, id);
      assert.deepEqual(await lab.outcomes(id), ["rate_limited"], lane);
    }, { mode: "limit" });
  }
});

Deno.test("a task's model reaches the program", () =>
  inLab(async (lab) => {
    await lab.worker("worker: claude\n");
    const id = await lab.add({ modelOverride: "claude-opus-4-5" });
    await attempt(lab, id);
    const [note] = await lab.notes();
    const at = note!.args.indexOf("--model");
    assert.equal(note!.args[at + 1], "claude-opus-4-5");
    assert.equal((await lab.run(id)).model, "claude-opus-4-5");
  }));

Deno.test("U-051 a program that talks keeps its claim; taken away, it is gone with all it started", () =>
  inLab(async (lab) => {
    const config = `${lab.home}/config.yaml`;
    await Deno.writeTextFile(config, "agent: {heartbeat_seconds: 1}\n");
    await lab.worker("worker: claude\n");
    const id = await lab.add();
    await lab.dispatching(async () => {
      const beat = await until("a heartbeat", async () => (await lab.task(id)).last_heartbeat_at);
      assert.ok(beat > 0);
      const run = await until("its session", async () => {
        const run = await lab.run(id);
        return run.worker_session_id !== null && run;
      });
      assert.equal(run.worker_session_id, "20dde46c-b21a-4475-ac07-6a190b80c4e3");
      const pids = await until("supervisor, program and its child", () => {
        const pids = lab.marked(run.id);
        return pids.length >= 3 && pids;
      });
      await lab.raw("UPDATE tasks SET assignee = 'nobody'");
      await lab.do(id, { type: "reclaim", reason: "test" });
      await until("all are gone", () => !pids.some(lives));
    });
    assert.deepEqual(await lab.outcomes(id), ["reclaimed"]);
  }, { mode: "talk" }));
