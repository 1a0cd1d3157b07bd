// Owns: the proof of the verbs that work on ideas — decompose and specify — as real processes.

import assert from "node:assert/strict";
import { inWorld } from "../harness/program.ts";
import { withTeam } from "./team.ts";

Deno.test("S-188 decompose tells what became of each task, on a line and as JSON", () =>
  withTeam(async ({ ok, run, json }) => {
    assert.equal((await ok(["kanban", "decompose", "--all"])).stdout, "No triage tasks.\n");
    const first = await json(["kanban", "create", "Write a unit converter", "--triage"]);
    const second = await json(["kanban", "create", "Any other idea", "--triage"]);
    const said = await ok(["kanban", "decompose", first.id]);
    const shape = new RegExp(
      `^Decomposed ${first.id} → \\d children \\(t_.+\\); root promoted to todo\\n$`,
    );
    assert.match(said.stdout, shape);
    const all = await ok(["kanban", "decompose", "--all", "--json"]);
    const [outcome, ...rest] = all.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual([outcome.task_id, outcome.ok, rest.length], [second.id, true, 0]);
    const again = await run(["kanban", "decompose", first.id]);
    assert.equal(again.code, 1);
    assert.match(again.stderr, /not in triage/);
    const comments = (await json(["kanban", "show", first.id])).comments;
    assert.equal(comments[0].author, "user");
  }));

Deno.test("S-133 decompose without a model says so and leaves the task in triage", () =>
  inWorld(async ({ run, json }) => {
    const { id } = await json(["kanban", "create", "x", "--triage"]);
    const { code, stderr } = await run(["kanban", "decompose", id]);
    assert.equal(code, 1);
    assert.match(stderr, /no auxiliary client configured/);
    assert.equal((await json(["kanban", "show", id])).task.status, "triage");
  }));

Deno.test("S-188 decompose says so of a task that stayed one, and tells failures from successes", () =>
  withTeam(async ({ ok, run, json }) => {
    const small = await json(["kanban", "create", "Mend a typo", "--triage"]);
    assert.equal(
      (await ok(["kanban", "decompose", small.id])).stdout,
      `Specified ${small.id} → todo (no fanout)\n`,
    );
    const bad = await json(["kanban", "create", "A malformed one", "--triage", "--priority", "9"]);
    const good = await json(["kanban", "create", "Mend a typo too", "--triage"]);
    const mixed = await run(["kanban", "decompose", "--all", "--author", "maria"]);
    assert.equal(mixed.code, 0, "one went well");
    assert.equal(mixed.stdout, `Specified ${good.id} → todo (no fanout)\n`);
    assert.match(mixed.stderr, new RegExp(`"${bad.id}": LLM returned malformed JSON`));
    assert.equal((await json(["kanban", "show", good.id])).comments[0].author, "maria");
    const none = await run(["kanban", "decompose", "--all", "--json"]);
    assert.equal(none.code, 1, "none went well");
    assert.deepEqual(JSON.parse(none.stdout), {
      task_id: bad.id,
      ok: false,
      reason: "LLM returned malformed JSON",
      fanout: false,
      child_ids: [],
      new_title: null,
    });
    assert.equal(none.stderr, "");
  }));

Deno.test("S-188 S-150 of another tenant's ideas nothing is touched, and an empty column is no error", () =>
  withTeam(async ({ ok, json }) => {
    const { id } = await json(["kanban", "create", "Typo", "--triage", "--tenant", "acme"]);
    for (const verb of ["decompose", "specify"]) {
      const said = await ok(["kanban", verb, "--all", "--tenant", "other"]);
      assert.equal(said.stdout, "No triage tasks.\n");
      assert.equal((await ok(["kanban", verb, "--all", "--tenant", "x", "--json"])).stdout, "");
    }
    assert.equal((await json(["kanban", "show", id])).task.status, "triage");
  }));

Deno.test("S-189 S-147 S-149 specify tells what became of a task, on a line and as JSON", () =>
  withTeam(async ({ ok, run, json }) => {
    const first = await json(["kanban", "create", "Water the plants", "--triage"]);
    const said = await ok(["kanban", "specify", first.id]);
    assert.equal(said.stdout, `Specified ${first.id} → todo: Deliver: Water the plants\n`);
    const { task, comments, events } = await json(["kanban", "show", first.id]);
    assert.deepEqual([task.status, task.title], ["ready", "Deliver: Water the plants"]);
    assert.match(task.body, /Goal: [^]*Approach: [^]*Acceptance criteria:[^]*Out of scope:/);
    assert.equal(comments[0].author, "user");
    const specified = events.find((it: { kind: string }) => it.kind === "specified");
    assert.deepEqual(specified.payload, { changed_fields: ["title", "body"] });

    const prose = await json(["kanban", "create", "A malformed wish", "--triage"]);
    assert.equal(
      (await ok(["kanban", "specify", prose.id])).stdout,
      `Specified ${prose.id} → todo\n`,
      "S-146: the title stays",
    );
    const again = await run(["kanban", "specify", first.id]);
    assert.deepEqual([again.code, again.stdout], [1, ""]);
    assert.match(again.stderr, /not in triage: its status is ready/);
    const asJson = await run(["kanban", "specify", "t_00000000", "--json"]);
    assert.equal(asJson.code, 1);
    const { reason, ...outcome } = JSON.parse(asJson.stdout);
    assert.deepEqual(outcome, { task_id: "t_00000000", ok: false, new_title: null });
    assert.match(reason, /t_00000000/);
  }));

Deno.test("S-150 specify --all succeeds when one of them does, and wants exactly one way to choose", () =>
  withTeam(async ({ run, json }) => {
    const bad = await json(["kanban", "create", "An empty-answer", "--triage", "--priority", "9"]);
    const good = await json(["kanban", "create", "Water plants", "--triage"]);
    const mixed = await run(["kanban", "specify", "--all", "--author", "maria", "--json"]);
    assert.equal(mixed.code, 0);
    const outcomes = mixed.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(outcomes.map((it) => [it.task_id, it.ok]), [[bad.id, false], [good.id, true]]);
    assert.equal((await json(["kanban", "show", good.id])).comments[0].author, "maria");
    const none = await run(["kanban", "specify", "--all"]);
    assert.deepEqual([none.code, none.stdout], [1, ""]);
    assert.match(
      none.stderr,
      new RegExp(`Cannot specify task "${bad.id}": the model returned an empty answer`),
    );
    for (const words of [["specify"], ["specify", bad.id, "--all"]]) {
      const { code, stderr } = await run(["kanban", ...words]);
      assert.equal(code, 2);
      assert.match(stderr, /name one task, or all with --all/);
    }
    assert.equal((await json(["kanban", "show", bad.id])).task.status, "triage");
  }));

Deno.test("S-149 specify without a model says so and leaves the task in triage", () =>
  inWorld(async ({ run, json }) => {
    const { id } = await json(["kanban", "create", "x", "--triage"]);
    const { code, stderr } = await run(["kanban", "specify", id]);
    assert.equal(code, 1);
    assert.match(stderr, /no auxiliary client configured/);
    assert.equal((await json(["kanban", "show", id])).task.status, "triage");
  }));
