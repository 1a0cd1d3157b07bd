// Owns: proof of what the dispatcher does with lanes of any kind: scripts, missing programs, broken manifests, restarts.

import assert from "node:assert/strict";
import { join } from "node:path";
import { WorkerTable } from "../../src/dispatcher/worker_table.ts";
import { until } from "../dispatcher/world.ts";
import { laneProblem } from "../../src/dispatcher/lane_problem.ts";
import { inLab, type Lab } from "./lab.ts";

async function attempt(lab: Lab, id: string): Promise<void> {
  await lab.dispatch({ maxSpawns: 1 });
  await over(lab, id);
}

async function over(lab: Lab, id: string): Promise<void> {
  await until("the attempt is over", async () => {
    await lab.dispatch({ maxSpawns: 0 });
    const run = await lab.run(id);
    return run.ended_at !== null && !lab.deps.workers.isChild(run.id);
  });
}

Deno.test("a shell script as a worker: its task on standard input, its last words the result", () =>
  inLab(async (lab) => {
    await lab.worker(`worker:
  lane: shell
  script: |
    grep -c 'high water' > found
    echo "noise" >&2
    echo "counted $(cat found) in $HERMES_KANBAN_TASK"
`);
    const id = await lab.add({ body: "When is high water?" });
    await attempt(lab, id);
    const run = await lab.run(id);
    assert.deepEqual([run.outcome, run.lane], ["completed", "shell"]);
    assert.equal(run.summary, `counted 1 in ${id}`);
    assert.equal(run.worker_session_id, null);
    assert.deepEqual([run.input_tokens, run.cost_usd], [null, null]);
  }));

Deno.test("a script's commands can hand over themselves, and one that fails is told by its last lines", () =>
  inLab(async (lab) => {
    const hermes = lab.settings.command.map((word) => `'${word}'`).join(" ");
    await lab.worker(
      `worker: {lane: shell, script: "${hermes} kanban block $HERMES_KANBAN_TASK 'Which one?'"}\n`,
    );
    const id = await lab.add();
    await attempt(lab, id);
    assert.equal((await lab.task(id)).status, "blocked");

    await lab.worker("worker: {lane: shell, script: 'echo no such tide >&2; exit 4'}\n");
    const other = await lab.add();
    await attempt(lab, other);
    assert.equal((await lab.run(other)).outcome, "crashed");
    assert.match((await lab.run(other)).error ?? "", /^shell exited with status 4: no such tide$/);
  }));

Deno.test("a manifest of one's own: prompt in a file, patterns for text, exit status for a rate limit", () =>
  inLab(async (lab) => {
    const tool = join(lab.home, "mytool");
    await Deno.writeTextFile(
      tool,
      `#!/bin/sh
[ "$1" = --task-file ] || exit 9
grep -q 'work kanban task' "$2" || exit 8
echo "session: abc-1"
echo "tokens: 1,234 in 56 out"
echo "cost: 0.25 USD"
echo "answer: forty-two"
[ -e tried ] && exit 0
touch tried
exit 17
`,
      { mode: 0o755 },
    );
    await lab.worker(`worker:
  name: mytool
  command: ${tool}
  args: [--task-file, "{prompt_file}"]
  prompt: file
  exit_codes: {rate_limited: [17]}
  output:
    format: text
    session: {pattern: "^session: (\\\\S+)"}
    input_tokens: {pattern: "tokens: ([0-9,]+) in"}
    output_tokens: {pattern: "in ([0-9]+) out"}
    cost_usd: {pattern: "cost: ([0-9.]+)"}
    final: {pattern: "^answer: (.*)"}
`);
    const id = await lab.add();
    await attempt(lab, id);
    assert.deepEqual(await lab.outcomes(id), ["rate_limited"]);
    await lab.raw("UPDATE tasks SET not_before = NULL");
    await attempt(lab, id);
    const run = await lab.run(id);
    assert.deepEqual([run.outcome, run.summary, run.lane], ["completed", "forty-two", "mytool"]);
    assert.deepEqual([run.input_tokens, run.output_tokens, run.cost_usd], [1234, 56, 0.25]);
    assert.equal(run.worker_session_id, "abc-1");
  }));

Deno.test("P-015 a slip in config.yaml costs no task an attempt; tasks start once it is mended", () =>
  inLab(async (lab) => {
    await lab.worker("worker: {lane: shell, script: echo fine}\n");
    const config = join(lab.home, "config.yaml");
    const good = await Deno.readTextFile(config).catch(() => "");
    const id = await lab.add();
    for (const slip of ["kanban: {max_cost_per_day: -1}\n", "model: [\n"]) {
      await Deno.writeTextFile(config, slip);
      const result = await lab.dispatch();
      assert.deepEqual([result.spawned, result.skipped_bad_lane], [[], [id]]);
      assert.deepEqual([(await lab.task(id)).status, await lab.outcomes(id)], ["ready", []]);
    }
    const problem = await laneProblem(lab.home, "ada", Deno.env.get("PATH"));
    assert.match(problem?.text ?? "", /Cannot read config ".*config\.yaml"/);
    await Deno.writeTextFile(config, good);
    await attempt(lab, id);
    assert.deepEqual(await lab.outcomes(id), ["completed"]);
  }));

Deno.test("P-015 a broken manifest keeps its tasks ready in a bucket of their own, and no other profile's", () =>
  inLab(async (lab) => {
    await lab.worker("worker: {lane: claude, comand: x}\n");
    await Deno.mkdir(join(lab.home, "profiles", "bob"), { recursive: true });
    await Deno.writeTextFile(
      join(lab.home, "profiles", "bob", "profile.yaml"),
      "worker: {lane: shell, script: echo fine}\n",
    );
    const broken = await Promise.all([1, 2, 3].map(() => lab.add({ priority: 9 })));
    const id = await lab.add({ assignee: "bob" });
    const dry = await lab.dispatch({ dryRun: true });
    assert.deepEqual(dry.skipped_bad_lane.toSorted(), broken.toSorted());
    const result = await lab.dispatch();
    assert.deepEqual(result.spawned.map(({ task_id }) => task_id), [id]);
    assert.deepEqual(result.skipped_bad_lane.toSorted(), broken.toSorted());
    for (const task of broken) {
      assert.deepEqual([(await lab.task(task)).status, await lab.outcomes(task)], ["ready", []]);
      assert.equal((await lab.task(task)).consecutive_failures, 0);
    }
    await over(lab, id);

    await lab.dispatching(async () => {
      await until("it is told", () => lab.lines.some((line) => line.includes("worker.comand")));
      assert.equal(lab.lines.filter((line) => line.includes("worker.comand")).length, 1);
    });
    await lab.worker("worker: {lane: shell, script: echo mended}\n");
    await lab.dispatch({ maxSpawns: 1 });
    assert.equal((await lab.rows("SELECT 1 FROM task_runs")).length, 2);
  }, { kanban: { max_in_progress: 1 } }));

Deno.test("a program gets the gateway's variables its lane names, and no others; the log shows none", () =>
  inLab(async (lab) => {
    const environment = {
      ...lab.deps.environment(),
      VENDOR_API_KEY: "vendor-key-0123456789",
      OTHER_API_KEY: "other-key-0123456789",
    };
    lab.deps.environment = () => environment;
    await lab.worker(
      "worker: {lane: shell, inherit: [VENDOR_API_KEY], script: 'echo [$VENDOR_API_KEY] [$OTHER_API_KEY]'}\n",
    );
    const id = await lab.add();
    await attempt(lab, id);
    assert.equal((await lab.run(id)).summary, "[[redacted]] []");
    assert.match(await Deno.readTextFile(lab.log(id)), /^\[\[redacted\]\] \[\]$/m);
  }));

Deno.test("a program that is not there is a spawn failure that says how to get it", () =>
  inLab(async (lab) => {
    await lab.worker("worker: {lane: opencode, command: no-such-program}\n");
    const id = await lab.add();
    const result = await lab.dispatch();
    assert.deepEqual(result.spawn_failed, [id]);
    const run = await lab.run(id);
    assert.deepEqual([run.outcome, run.lane], ["spawn_failed", "opencode"]);
    assert.match(run.error ?? "", /no program "no-such-program".*npm install -g opencode-ai/);
  }));

Deno.test("a rate limit is one also after the dispatcher was started anew", () =>
  inLab(async (lab) => {
    await lab.worker("worker: claude\n");
    const id = await lab.add();
    await lab.dispatch();
    const { id: runId } = await lab.run(id);
    // The dispatcher of a moment ago is gone: nobody hears how the worker exits.
    const [before] = [lab.deps.workers];
    lab.deps.workers = new WorkerTable();
    await until("it is gone", () => !before!.isChild(runId));
    await over(lab, id);
    assert.deepEqual(await lab.outcomes(id), ["rate_limited"]);
    assert.match((await lab.run(id)).error ?? "", /hit your limit/);
    assert.equal((await lab.task(id)).consecutive_failures, 0);
  }, { mode: "limit" }));

Deno.test("the built-in worker's rate limit is one also after the dispatcher was started anew", () =>
  inLab(async (lab) => {
    // A model server that is always busy.
    const server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {} },
      () => Response.json({ error: { message: "slow down" } }, { status: 429 }),
    );
    try {
      await Deno.writeTextFile(
        join(lab.home, "config.yaml"),
        `model: {provider: custom, default: m, base_url: "http://127.0.0.1:${server.addr.port}/v1"}
agent: {max_retries: 0}
`,
      );
      const id = await lab.add();
      await lab.dispatch();
      const { id: runId } = await lab.run(id);
      const [before] = [lab.deps.workers];
      lab.deps.workers = new WorkerTable();
      await until("it is gone", () => !before!.isChild(runId));
      await over(lab, id);
      assert.deepEqual(await lab.outcomes(id), ["rate_limited"]);
    } finally {
      await server.shutdown();
    }
  }));

Deno.test("a program whose task's budget is used up is ended, and the task waits for a person", () =>
  inLab(async (lab) => {
    await lab.worker(`worker:
  lane: claude
  output: {cost_usd: {when: {type: assistant}, take: message.usage.output_tokens}}
`);
    const id = await lab.add({ maxCostUsd: 1 });
    await attempt(lab, id);
    assert.equal((await lab.task(id)).status, "blocked");
    assert.match((await lab.run(id)).summary ?? "", /budget used: \$7\.00 of \$1\.00/);
    assert.deepEqual(lab.marked((await lab.run(id)).id), []);
  }, { mode: "talk" }));

Deno.test("a program that hangs is ended when its time is up, with all it started", () =>
  inLab(async (lab) => {
    await lab.worker("worker: {lane: shell, script: 'sleep 600 & sleep 601'}\n");
    const id = await lab.add({ maxRuntimeSeconds: 5 });
    await lab.dispatch();
    const { id: runId } = await lab.run(id);
    await until("it runs", () => lab.marked(runId).length >= 4);
    lab.clock.advance(6);
    await over(lab, id);
    assert.deepEqual(await lab.outcomes(id), ["timed_out"]);
    assert.deepEqual(lab.marked(runId), []);
  }));
