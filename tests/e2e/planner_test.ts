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

Deno.test("a plan that is too large for nobody's eyes waits, why says so, and an approved one is worked off", () =>
  inOffice(async (office) => {
    const gateway = await office.gateway();
    const id = await office.create("Publish a small static site about tides", "--triage");
    const gate = async () => (await office.json(["kanban", "why", id])).gates[0];
    await until("the plan is proposed", async () => (await gate()).gate === "plan_proposed");
    assert.match(
      (await gate()).text,
      /^A plan of 4 tasks, more than kanban.auto_decompose_max_children \(2\), was proposed by auto/,
    );
    await until("the gateway tells why", () => /4 tasks, more than/.test(gateway.errors()));
    assert.equal((await office.detail(id)).task.status, "triage");
    await office.ok(["kanban", "plan", "edit", id, "--set-assignee", "4=researcher"]);
    await office.ok(["kanban", "plan", "approve", id]);
    const { parents } = await office.becomes(id, "done", 40);
    assert.deepEqual(parents.map(({ status }) => status), ["done", "done", "done", "done"]);
    assert.equal(parents.find(({ title }) => /^Review/.test(title))?.assignee, "researcher");
  }, { config: "kanban:\n  auto_decompose_max_children: 2\n" }));

Deno.test("an idea that somebody types on is planned once it was left alone", () =>
  inOffice(async (office) => {
    const id = await office.create("Mend a typo", "--triage");
    await office.ok(["kanban", "edit", id, "--body", "in the imprint"]);
    const { gates } = await office.json(["kanban", "why", id]);
    assert.equal(gates[0].gate, "being_edited");
    await office.gateway();
    const { events } = await office.becomes(id, "done", 30);
    const at = (kind: string) => events.find((event) => event.kind === kind)!.created_at;
    assert.ok(at("specified") - at("edited") >= 8, "it was left alone");
  }, { config: "kanban:\n  auto_decompose_quiet_seconds: 8\n" }));
