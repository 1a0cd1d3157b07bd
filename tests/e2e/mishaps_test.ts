// Owns: the proof that workers may misbehave: what each kind of mishap does to its task, end to end.

import assert from "node:assert/strict";
import { join } from "node:path";
import { until } from "../harness/program.ts";
import { inOffice } from "./office.ts";

const outcomes = (runs: { outcome: string | null }[]) => runs.map((run) => run.outcome);

Deno.test("S-099 P-001 a worker that crashes is noticed at once and its task tried again", () =>
  inOffice(async (office) => {
    await office.gateway();
    const id = await office.create("Fall once rehearse:crash-once", "--assignee", "ops");
    const { runs, task } = await office.becomes(id, "done");
    assert.deepEqual(outcomes(runs), ["crashed", "completed"]);
    assert.equal(task.consecutive_failures, 0);
  }));

Deno.test("P-009 R-01 a worker that stops without a handoff breaks the protocol; the budget ends it", () =>
  inOffice(async (office) => {
    await office.gateway();
    const once = await office.create("Leave once rehearse:quit-once", "--assignee", "ops");
    const ever = await office.create(
      "Always leave rehearse:quit",
      ...["--assignee", "writer", "--max-retries", "2"],
    );
    assert.deepEqual(outcomes((await office.becomes(once, "done")).runs), [
      "protocol_violation",
      "completed",
    ]);
    const given = await office.becomes(ever, "blocked");
    assert.deepEqual(outcomes(given.runs), ["protocol_violation", "gave_up"]);
    assert.equal(given.events.at(-1)?.kind, "gave_up");
  }));

Deno.test("P-010 a provider's rate limit is no failure: the task waits and is tried again", () =>
  inOffice(async (office) => {
    await office.gateway();
    const id = await office.create("Too much rehearse:rate-limit", "--assignee", "ops");
    const limited = await until("the run ends", async () => {
      const detail = await office.detail(id);
      return detail.runs.some((run) => run.outcome === "rate_limited") && detail;
    });
    assert.equal(limited.task.status, "ready");
    assert.equal(limited.task.consecutive_failures, 0);
    assert.ok((limited.task.not_before ?? 0) > limited.task.created_at, "it waits");
    await until("it is tried again after the cool-down", async () => {
      return (await office.detail(id)).runs.length >= 2;
    });
  }, { config: "agent:\n  max_retries: 0\nkanban:\n  rate_limit_cooldown_seconds: 1\n" }));

Deno.test("S-177 P-024 P-025 a worker blocks with a question; unblocked, another attempt completes", () =>
  inOffice(async (office) => {
    await office.gateway();
    const id = await office.create("Ask a person rehearse:block", "--assignee", "writer");
    const blocked = await office.becomes(id, "blocked");
    assert.deepEqual(outcomes(blocked.runs), ["blocked"]);
    const shown = await office.ok(["kanban", "show", id]);
    assert.match(shown.stdout, /which colour should the page have\?/);
    await office.ok(["kanban", "comment", id, "Blue."]);
    await office.ok(["kanban", "unblock", id]);
    const { runs } = await office.becomes(id, "done");
    assert.deepEqual(outcomes(runs), ["blocked", "completed"]);
  }));

Deno.test("U-052 P-060 a secret in a handoff is written nowhere", () =>
  inOffice(async (office) => {
    const gateway = await office.gateway();
    const id = await office.create("Tell too much rehearse:secret", "--assignee", "ops");
    const { runs } = await office.becomes(id, "done");
    assert.match(runs[0]?.summary ?? "", /^Connected with /);
    gateway.signal("SIGTERM");
    await gateway.ended;
    await until("the worker is gone", () => office.workers().length === 0);
    const secret = "sk-rehearsal-0123456789abcdef";
    let files = 0;
    for await (const path of filesBelow(office.home)) {
      const bytes = await Deno.readFile(path);
      assert.ok(!new TextDecoder("latin1").decode(bytes).includes(secret), path);
      files++;
    }
    assert.ok(files > 5);
  }));

Deno.test("S-100 a process that a worker leaves behind in another session does not outlive its run", () =>
  inOffice(async (office) => {
    await office.gateway();
    const id = await office.create("Leave one behind rehearse:orphan", "--assignee", "ops");
    await until("the worker started it", () => office.workers().length >= 2);
    await office.becomes(id, "done");
    await until("nothing is left", () => office.workers().length === 0);
  }, { delayMs: 100 }));

Deno.test("S-207 a worker creates follow-up tasks, and they are worked on too", () =>
  inOffice(async (office) => {
    await office.gateway();
    const id = await office.create("Find more rehearse:children", "--assignee", "researcher");
    const { runs } = await office.becomes(id, "done");
    const { created } = runs[0]?.metadata as { created: string[] };
    assert.equal(created.length, 2);
    for (const child of created) {
      const { task } = await office.becomes(child, "done");
      assert.equal(task.created_by, "researcher");
    }
  }));

async function* filesBelow(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) yield* filesBelow(path);
    else yield path;
  }
}
