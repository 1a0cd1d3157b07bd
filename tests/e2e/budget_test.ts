// Owns: the proof that an idea without money waits, with real processes, and that more money finishes it.

import assert from "node:assert/strict";
import { until } from "../harness/program.ts";
import { inOffice } from "./office.ts";

Deno.test("an idea whose plan used up its budget starts no worker, says why, and is finished once it gets more", () =>
  inOffice(async (office) => {
    const gateway = await office.gateway();
    const root = await office.create(
      "Compare three ways to back up a home server",
      "--triage",
      "--max-cost",
      "0.001",
    );
    await until("the gateway says so", () => /a budget is used up/.test(gateway.errors()));
    const { parents, task } = await office.detail(root);
    assert.deepEqual([task.status, parents.length > 2], ["todo", true], "it was planned");
    const ready = parents.filter(({ status }) => status === "ready");
    assert.ok(ready.length > 0);
    const { gates } = await office.json(["kanban", "why", ready[0]!.id]);
    const gate = gates.find(({ gate }: { gate: string }) => gate === "over_budget");
    assert.match(
      gate.text,
      new RegExp(`The budget of ${root}.*is used up: \\$0\\.\\d+ of \\$0\\.001`),
    );
    assert.equal(office.model.requests(), 1, "only the planner was asked");
    const before = await office.json(["kanban", "usage", root]);
    assert.deepEqual([before.total.runs, before.total.calls], [0, 1]);

    await office.ok(["kanban", "edit", root, "--max-cost", "1000"]);
    await office.becomes(root, "done", 40);
    const after = await office.json(["kanban", "usage", root]);
    assert.equal(after.total.runs, parents.length + 1);
    assert.ok(after.total.cost_usd > before.total.cost_usd);
    assert.equal(after.total.unknown_runs, 0);
    const said = gateway.errors().split("a budget is used up").length - 1;
    assert.equal(said, 1);
  }, { config: "prices:\n  rehearsal: {input_per_million: 10, output_per_million: 30}\n" }));
