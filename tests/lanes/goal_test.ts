// Owns: proof that a program of another maker in goal mode is sent on until the judge agrees.

import assert from "node:assert/strict";
import { join } from "node:path";
import { until } from "../dispatcher/world.ts";
import { listedModel, type Said, verdict } from "../ops/judge_model.ts";
import { inLab, type Lab } from "./lab.ts";

/** One attempt of `worker` at a goal whose judge says `says`; `look` sees what came of it. */
async function attempt(
  worker: string,
  says: readonly Said[],
  look: (lab: Lab, id: string, asked: string[]) => Promise<void>,
  goalMaxTurns: number | null = null,
): Promise<void> {
  const model = listedModel(says);
  try {
    await inLab(async (lab) => {
      await Deno.writeTextFile(join(lab.home, "config.yaml"), model.config);
      await lab.worker(`description: works\n${worker}`);
      const id = await lab.add({ title: "Write notes", goalMode: true, goalMaxTurns });
      await lab.dispatch({ maxSpawns: 1 });
      await until("the attempt is over", async () => {
        await lab.dispatch({ maxSpawns: 0 });
        const run = await lab.run(id);
        return run.ended_at !== null && !lab.deps.workers.isChild(run.id);
      });
      await look(lab, id, model.asked.map((messages) => messages.at(-1)!.content));
    });
  } finally {
    await model.stop();
  }
}

const shell =
  "worker:\n  lane: shell\n  script: cat >> prompts; echo again >> runs; echo wrote it\n";

Deno.test("U-056 a shell command is run anew, told what is missing, until the judge agrees", () =>
  attempt(
    shell,
    [verdict(false, "one line is too few"), "garbage", verdict(true, "two lines")],
    async (lab, id, asked) => {
      const [run, ...others] = await lab.runs(id);
      assert.deepEqual([run?.outcome, others.length], ["completed", 0]);
      assert.equal(await Deno.readTextFile(lab.file(id, "runs")), "again\nagain\n");
      const prompts = await Deno.readTextFile(lab.file(id, "prompts"));
      assert.match(prompts, /goal not reached \(1 of 20\): one line is too few/);
      assert.equal(prompts.split("# Kanban task").length, 3, "each start is told the whole task");
      assert.match(asked[0]!, /wrote it/);
    },
  ));

Deno.test("U-056 P-068 a shell command whose goal is out of reach waits for a person after its turns", () =>
  attempt(shell, [verdict(false, "never")], async (lab, id) => {
    assert.equal(await Deno.readTextFile(lab.file(id, "runs")), "again\nagain\n");
    const task = await lab.task(id);
    assert.deepEqual([task.status, task.block_kind], ["blocked", "needs_input"]);
    assert.match((await lab.run(id)).summary ?? "", /not reached in 2 turns.*never/);
  }, 2));

Deno.test("U-056 Claude Code hands over through the board's tools only once the judge agrees", () =>
  attempt("worker: claude\n", [verdict(true, "NOTES.md is there")], async (lab, id, asked) => {
    assert.equal((await lab.run(id)).outcome, "completed");
    assert.match((await lab.notes())[0]!.prompt, /## Goal mode/);
    assert.match(asked[0]!, /summary: The notes are in NOTES\.md/);
  }));
