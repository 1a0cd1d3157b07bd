// Owns: proof that the product's own planner, specifier and describer are recognised by the rehearsal model.

import assert from "node:assert/strict";
import { defaultConfig } from "../../src/config/defaults.ts";
import { openBoard } from "../../src/kernel/board.ts";
import { createTask } from "../../src/kernel/create.ts";
import { getTask } from "../../src/kernel/detail.ts";
import { decomposeTask, type PlannerDeps } from "../../src/planner/decompose.ts";
import { describeProfile } from "../../src/profiles/describe.ts";
import { specifyTask } from "../../src/planner/specify.ts";
import { startRehearsal } from "../../src/rehearsal/server.ts";

/** Everything the planner needs, in a home with the profiles writer and ops. */
async function withHome(run: (deps: PlannerDeps) => Promise<void>) {
  const server = await startRehearsal();
  const home = await Deno.makeTempDir();
  for (const name of ["writer", "ops"]) {
    await Deno.mkdir(`${home}/profiles/${name}`, { recursive: true });
    await Deno.writeTextFile(`${home}/profiles/${name}/config.yaml`, "");
  }
  const board = await openBoard({ slug: "default", path: `${home}/kanban.db` });
  const model = { ...defaultConfig.model, default: "rehearsal", base_url: server.url };
  const agent = { ...defaultConfig.agent, max_retries: 0 };
  const paths = { root: home, profilesDir: `${home}/profiles`, profile: "ops" };
  try {
    await run({ board, config: { ...defaultConfig, model, agent }, paths, env: {} });
  } finally {
    await board.close();
    await server.stop();
    await Deno.remove(home, { recursive: true });
  }
}

Deno.test("S-127 S-132 an idea with no-fanout stays one task with a scripted assignee", async () => {
  await withHome(async (deps) => {
    const { task } = await createTask(deps.board, {
      title: "Water plants no-fanout",
      triage: true,
    });
    const { ok, fanout } = await decomposeTask(deps, task.id);
    assert.deepEqual([ok, fanout], [true, false]);
    const planned = await getTask(deps.board, task.id);
    assert.deepEqual([planned.status, planned.assignee], ["ready", "writer"]);
  });
});

Deno.test("S-133 scripted planner failures leave the idea in triage with a reason", async () => {
  await withHome(async (deps) => {
    const cases = [
      ["A malformed plan", /malformed JSON/],
      ["Please error-500", /scripted failure/],
      ["Please error-429", /scripted rate limit/],
    ] as const;
    for (const [title, reason] of cases) {
      const { task } = await createTask(deps.board, { title, triage: true });
      const outcome = await decomposeTask(deps, task.id);
      assert.equal(outcome.ok, false);
      assert.match(outcome.reason, reason);
      assert.equal((await getTask(deps.board, task.id)).status, "triage");
    }
  });
});

Deno.test("S-133 a scripted planner that hangs ends with the slot's time limit", async () => {
  await withHome(async (deps) => {
    const slot = { ...deps.config.auxiliary.kanban_decomposer, timeout: 0.2 };
    const auxiliary = { ...deps.config.auxiliary, kanban_decomposer: slot };
    const { task } = await createTask(deps.board, { title: "hang-planner now", triage: true });
    const config = { ...deps.config, auxiliary };
    const outcome = await decomposeTask({ ...deps, config }, task.id);
    assert.equal(outcome.ok, false);
    assert.equal((await getTask(deps.board, task.id)).status, "triage");
  });
});

Deno.test("S-157 the real describer gets a scripted description", async () => {
  await withHome(async (deps) => {
    const outcome = await describeProfile({ ...deps, paths: deps.paths }, "writer");
    assert.equal(outcome.ok, true);
    assert.match(outcome.description, /^Scripted description: .*writer\.$/);
  });
});

Deno.test("S-145 S-146 the real specifier gets a scripted task with all four sections", async () => {
  await withHome(async (deps) => {
    const create = async (title: string) =>
      (await createTask(deps.board, { title, triage: true })).task.id;
    const id = await create("Water plants");
    const { new_title } = await specifyTask(deps, id, "ada");
    assert.equal(new_title, "Deliver: Water plants");
    const { body, status } = await getTask(deps.board, id);
    assert.match(body!, /^Goal: [^]*\nApproach: [^]*\nAcceptance criteria:\n[^]*\nOut of scope:\n/);
    assert.equal(status, "ready");

    const prose = await create("A malformed wish");
    assert.deepEqual((await specifyTask(deps, prose, "ada")).new_title, null);
    assert.match((await getTask(deps.board, prose)).body!, /^Goal: A malformed wish/);

    for (
      const [title, reason] of [
        ["An empty-answer", /empty answer/],
        ["Please error-500", /scripted failure/],
        ["Please error-429", /scripted rate limit/],
      ] as const
    ) {
      const failing = await create(title);
      assert.match((await specifyTask(deps, failing, "ada")).reason, reason);
      assert.equal((await getTask(deps.board, failing)).status, "triage");
    }
  });
});
