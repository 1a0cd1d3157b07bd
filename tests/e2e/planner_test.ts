// Owns: the proof that a planner in trouble leaves ideas where they are and holds up nobody.

import assert from "node:assert/strict";
import { until } from "../harness/program.ts";
import { inOffice } from "./office.ts";

Deno.test("S-128 S-133 S-142 a malformed plan leaves the idea in triage with the reason in sight", () =>
  inOffice(async (office) => {
    const id = await office.create("A malformed idea", "--triage");
    const asked = await office.run(["kanban", "decompose", id]);
    assert.equal(asked.code, 1);
    assert.match(asked.stderr, /LLM returned malformed JSON/);

    const gateway = await office.gateway();
    await until("the gateway tells why", () => /malformed JSON/.test(gateway.errors()));
    assert.match(gateway.errors(), new RegExp(id));
    const { task, events } = await office.detail(id);
    assert.equal(task.status, "triage");
    assert.deepEqual(events.map(({ kind }) => kind), ["created"], "nothing was written");

    const fine = await office.create("Mend a typo", "--triage");
    assert.deepEqual((await office.becomes(fine, "done")).parents, [], "S-127: one task");
  }));

Deno.test("S-142 P-074 a planner that hangs never delays the start of other work", () =>
  inOffice(async (office) => {
    await office.gateway();
    const idea = await office.create("An idea to hang-planner on", "--triage");
    await until("the planner is being asked", () => office.model.requests() >= 1);
    const id = await office.create("Ordinary work", "--assignee", "ops");
    const { runs, task } = await office.becomes(id, "done", 10);
    assert.ok((runs[0]?.started_at ?? Infinity) - task.created_at <= 1);
    assert.equal((await office.detail(idea)).task.status, "triage");
  }));

Deno.test("S-143 S-147 S-189 in manual mode an idea waits until a person specifies it, and is then done as one task", () =>
  inOffice(async (office) => {
    await office.gateway();
    const id = await office.create("Water the plants", "--triage", "--assignee", "ops");
    const work = await office.create("Ordinary work", "--assignee", "ops");
    await office.becomes(work, "done");
    assert.equal((await office.detail(id)).task.status, "triage");
    await office.ok(["kanban", "specify", id]);
    const { task, parents, events, runs } = await office.becomes(id, "done");
    assert.deepEqual([task.title, parents], ["Deliver: Water the plants", []]);
    assert.match(task.body ?? "", /Acceptance criteria:/);
    assert.deepEqual(
      events.map(({ kind }) => kind).filter((kind) => ["specified", "promoted"].includes(kind)),
      ["specified", "promoted"],
    );
    assert.deepEqual(runs.map(({ outcome }) => outcome), ["completed"]);
  }, { config: "kanban:\n  auto_decompose: false\n" }));
