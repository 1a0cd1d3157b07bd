// Owns: proof of goal mode and the choice of a model on the command line.

import assert from "node:assert/strict";
import { join } from "node:path";
import { inWorld } from "../harness/program.ts";

const config = "model: {provider: ollama, default: llama3.1}\n" +
  "prices: {gpt-4.1: {input_per_million: 2, output_per_million: 8}, 'gpt-*': {input_per_million: 1, output_per_million: 1}}\n";

Deno.test("U-056 create --goal makes a task in goal mode; turns alone are refused", () =>
  inWorld(async ({ ok, run, json }) => {
    const plain = await json(["kanban", "create", "Plain"]);
    assert.deepEqual([plain.goal_mode, plain.goal_max_turns], [false, null]);
    const goal = await json(["kanban", "create", "Goal", "--goal", "--goal-max-turns", "3"]);
    assert.deepEqual([goal.goal_mode, goal.goal_max_turns], [true, 3]);
    const shown = await json(["kanban", "show", goal.id]);
    assert.equal(shown.events[0].payload.goal_mode, true);
    const words = (await ok(["kanban", "show", goal.id])).stdout;
    assert.match(words, /Goal +a judge decides when it is reached; it may say no 3 times/);
    assert.doesNotMatch((await ok(["kanban", "show", plain.id])).stdout, /judge|Model/);
    for (const words of [["--goal-max-turns", "3"], ["--goal", "--goal-max-turns", "0"]]) {
      const refused = await run(["kanban", "create", "Odd", ...words]);
      assert.equal(refused.code, 2, refused.stderr);
    }
    assert.equal((await json(["kanban", "list"])).length, 2);
  }));

Deno.test("U-063 set-model chooses, keeps what is not given, clears and can be undone", () =>
  inWorld(async ({ ok, run, json }) => {
    const made = await json([
      "kanban",
      "create",
      "Task",
      "--model",
      "gpt-4.1",
      "--provider",
      "openai",
    ]);
    assert.deepEqual([made.model_override, made.provider_override], ["gpt-4.1", "openai"]);
    const { id } = made;
    const said = await ok(["kanban", "set-model", id, "--model", "o3"]);
    assert.equal(said.stdout, `${id} uses model o3, provider openai\n`);
    assert.deepEqual(await json(["kanban", "set-model", id, "--provider", "openrouter"]), {
      task_id: id,
      model: "o3",
      provider: "openrouter",
    });
    assert.match((await ok(["kanban", "show", id])).stdout, /Model +o3 from openrouter/);
    assert.match((await ok(["kanban", "set-model", id, "--clear"])).stdout, /profile's model/);
    await ok(["kanban", "undo"]);
    const { task, events } = await json(["kanban", "show", id]);
    assert.deepEqual([task.model_override, task.provider_override], ["o3", "openrouter"]);
    const kinds = events.map((event: { kind: string }) => event.kind);
    assert.equal(kinds.filter((kind: string) => kind === "model_override_set").length, 4);
    for (const words of [[], ["--clear", "--model", "o3"]]) {
      assert.equal((await run(["kanban", "set-model", id, ...words])).code, 2);
    }
    assert.equal((await run(["kanban", "set-model", "t_0000", "--model", "o3"])).code, 1);
  }));

Deno.test("U-063 an unknown provider is refused with the known ones, and nothing is made or changed", () =>
  inWorld(async ({ run, json }) => {
    const { id } = await json(["kanban", "create", "Task"]);
    for (
      const words of [["set-model", id, "--provider", "opnai"], [
        "create",
        "X",
        "--provider",
        "opnai",
      ]]
    ) {
      const refused = await run(["kanban", ...words]);
      assert.equal(refused.code, 1);
      assert.match(refused.stderr, /provider "opnai".*unknown[^]*"openai"[^]*openrouter.*ollama/);
    }
    assert.equal((await json(["kanban", "list"])).length, 1);
    assert.equal((await json(["kanban", "show", id])).task.provider_override, null);
  }));

Deno.test("U-063 model-options lists what is configured, priced and chosen", () =>
  inWorld(async ({ home, ok, json }) => {
    await ok(["kanban", "init"]);
    await Deno.writeTextFile(join(home, "config.yaml"), config);
    for (const title of ["A", "B"]) await ok(["kanban", "create", title, "--model", "o3"]);
    const options = await json(["kanban", "model-options"]);
    assert.deepEqual(options.main, { model: "llama3.1", provider: "ollama" });
    assert.deepEqual(options.models, ["llama3.1", "o3", "gpt-4.1"]);
    assert.deepEqual(options.overrides, [{ model: "o3", provider: null, tasks: 2 }]);
    const { stdout } = await ok(["kanban", "model-options"]);
    assert.match(
      stdout,
      /llama3\.1 {2}\(used by default from ollama\)\no3 {2}\(chosen by 2 tasks\)/,
    );
  }));
