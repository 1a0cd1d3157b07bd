// Owns: the proof of `hermes demo`: it ends well, survives its gateway's death, and leaves nothing behind.

import assert from "node:assert/strict";
import { join } from "node:path";
import { endMarked, findMarked } from "../../src/platform/kill_tree.ts";
import { inWorld, type Running, until, type World } from "../harness/program.ts";

/** The demo in a place for temporary files of its own. */
interface Stage {
  world: World;
  /** Starts `hermes demo`. */
  play(...flags: string[]): Running;
  /** Processes of the demo's gateway, or of its workers. */
  gateways(): number[];
  workers(): number[];
  /** What lies in the place for temporary files. */
  leftovers(): Promise<string[]>;
}

function onStage(body: (stage: Stage) => Promise<void>): Promise<void> {
  return inWorld(async (world) => {
    const temporary = join(world.home, "..", "tmp");
    await Deno.mkdir(temporary);
    const marked = (part: string) =>
      findMarked(`hermes:${temporary}/`).filter(({ marker }) => marker.includes(part));
    const pids = (part: string) => marked(part).map(({ identity }) => identity.pid);
    try {
      await body({
        world,
        play: (...flags) => world.start(["demo", ...flags], { env: { TMPDIR: temporary } }),
        gateways: () => pids("/gateway"),
        workers: () => pids("/kanban.db:"),
        leftovers: async () =>
          (await Array.fromAsync(Deno.readDir(temporary))).map(({ name }) => name),
      });
    } finally {
      for (const { marker } of marked("")) await endMarked(marker, 0);
    }
  });
}

Deno.test("demo: three ideas become finished work although its gateway is killed; nothing is left", () =>
  onStage(async ({ world, play, gateways, workers, leftovers }) => {
    const began = performance.now();
    const demo = play();
    await until("two tasks are done", () => demo.output().split("✓ completed").length > 2);
    const [gateway] = gateways();
    assert.ok(gateway);
    Deno.kill(gateway, "SIGKILL");
    const { code, stdout, stderr } = await demo.ended;
    const seconds = (performance.now() - began) / 1000;

    assert.equal(code, 0, stdout + stderr);
    assert.equal(stderr, "");
    assert.ok(seconds <= 45, `${seconds} s`);
    assert.match(stdout, new RegExp(`✗ gateway +process ${gateway} ended with SIGKILL`));
    assert.match(stdout, /✗ crashed/, "the accident it stages itself");
    assert.match(stdout, /after: crashed\)/);
    assert.match(stdout, /rehearsal model: scripted answers/);
    assert.match(stdout, /^ {4}provider: ollama/m);
    assert.match(stdout, /^ {4}default: <model name>/m);
    assert.match(stdout, /3 ideas became 15 finished tasks/);
    assert.match(stdout, /site\/index\.html +[\d,]+ B +<!doctype html>/);
    assert.ok(!stdout.includes("missing"), "every file that a handoff names exists");
    assert.ok(!stdout.includes("\x1b"), "a pipe gets plain lines");
    assert.deepEqual([...gateways(), ...workers()], []);
    assert.deepEqual(await leftovers(), []);
    await assert.rejects(
      Deno.stat(world.home),
      Deno.errors.NotFound,
      "the user's home is untouched",
    );
  }));

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`demo: ${signal} ends gateway and workers, removes the home and exits with 130`, () =>
    onStage(async ({ play, gateways, workers, leftovers }) => {
      const demo = play();
      await until("workers are at work", () => workers().length >= 2);
      demo.signal(signal);
      const { code, stderr } = await demo.ended;
      assert.equal(code, 130, stderr);
      assert.deepEqual([...gateways(), ...workers()], []);
      assert.deepEqual(await leftovers(), []);
    }));
}

Deno.test("demo --json --keep prints one report and leaves a home that can be looked at", () =>
  onStage(async ({ world, play, gateways, workers, leftovers }) => {
    const { code, stdout, stderr } = await play("--json", "--keep").ended;
    assert.equal(code, 0, stdout + stderr);
    const report = JSON.parse(stdout);
    assert.equal(report.ok, true);
    assert.equal(report.model, "rehearsal model: scripted answers");
    assert.equal(report.graphs.length, 3);
    const { usage } = report;
    assert.ok(usage.input_tokens > 0);
    assert.deepEqual([usage.cost_usd, usage.unknown_runs], [null, usage.runs + usage.calls]);
    assert.ok(usage.calls >= 3, "the planner's calls are on record");
    assert.deepEqual([...gateways(), ...workers()], []);
    assert.deepEqual(await leftovers(), [report.places.home.split("/").at(-1)]);
    const tasks = await world.json(["kanban", "list"], {
      env: { HERMES_HOME: report.places.home },
    });
    assert.equal(tasks.length, 15);
    for (const graph of report.graphs) {
      for (const task of [graph.root, ...graph.tasks]) {
        assert.equal(task.attempts.at(-1), "completed");
        for (const file of task.files) assert.ok((await Deno.stat(file.path)).size === file.size);
        for (const path of [task.log, ...task.transcripts]) await Deno.stat(path);
      }
    }
  }));
