// Owns: the proof that work survives the death of a gateway, and that two gateways do nothing twice.

import assert from "node:assert/strict";
import { getList } from "../../src/kernel/detail.ts";
import { until } from "../harness/program.ts";
import { inOffice, type Office } from "./office.ts";

const titles = [
  "A small static site about tides",
  "Compare three ways to back up a home server",
  "A command-line unit converter with tests",
];

Deno.test("S-099 P-014 a gateway killed in mid-run and started again finishes every graph, nothing twice", () =>
  inOffice(async (office) => {
    const first = await office.gateway();
    const roots: string[] = [];
    for (const title of titles) roots.push(await office.create(title, "--triage"));
    await until("work is done and work is under way", async () => {
      const tasks = await getList(office.board, {});
      const count = (status: string) => tasks.filter((task) => task.status === status).length;
      return count("done") >= 2 && count("running") >= 2;
    });
    first.signal("SIGKILL");
    await first.ended;
    assert.ok(office.workers().length > 0, "workers outlive their gateway");

    await office.gateway();
    for (const id of roots) await office.becomes(id, "done", 40);
    await nothingTwice(office, 15);
    await until("no process is left", () => office.workers().length === 0);
  }, { delayMs: 150 }));

Deno.test("S-099 a worker killed with its gateway is found out by the next one and tried again", () =>
  inOffice(async (office) => {
    const first = await office.gateway();
    const id = await office.create("Take your time rehearse:slow=2", "--assignee", "ops");
    const pid = await until("the worker runs", async () => {
      return (await office.detail(id)).task.worker_pid;
    });
    first.signal("SIGKILL");
    await first.ended;
    Deno.kill(pid, "SIGKILL");
    await office.gateway();
    const { runs } = await office.becomes(id, "done");
    assert.deepEqual(runs.map((run) => run.outcome), ["crashed", "completed"]);
    assert.match(runs[0]?.error ?? "", new RegExp(`\\b${pid}\\b`), "the error names the pid");
  }));

Deno.test("P-014 of two gateways on one home one waits, and takes over when the other is gone", () =>
  inOffice(async (office) => {
    const first = await office.gateway();
    const second = await office.gateway();
    await until(
      "one of them waits",
      () => /waiting/.test(first.errors()) !== /waiting/.test(second.errors()),
    );
    const [active, waiting] = /waiting/.test(first.errors()) ? [second, first] : [first, second];
    const ids: string[] = [];
    for (const profile of ["writer", "ops", "reviewer"]) {
      ids.push(await office.create(`Do something as ${profile}`, "--assignee", profile));
    }
    for (const id of ids) await office.becomes(id, "done");
    await nothingTwice(office, 3);

    active.signal("SIGTERM");
    assert.equal((await active.ended).code, 0);
    const later = await office.create("Do one thing more", "--assignee", "ops");
    await office.becomes(later, "done");
    await nothingTwice(office, 4);
    waiting.signal("SIGTERM");
    assert.equal((await waiting.ended).code, 0);
  }));

/**
 * Every task is done by exactly one run, and no two runs of a task overlap. A gateway that is killed
 * between claim and start leaves a claim to take back; nothing else may have failed.
 */
async function nothingTwice({ board, detail }: Office, count: number): Promise<void> {
  const tasks = await getList(board, {});
  assert.equal(tasks.length, count);
  for (const { id } of tasks) {
    const { task, runs } = await detail(id);
    assert.equal(task.status, "done", task.title);
    const rest = runs.slice(0, -1);
    assert.equal(runs.at(-1)?.outcome, "completed", task.title);
    assert.ok(rest.every((run) => run.outcome === "reclaimed"), task.title);
    rest.forEach((run, index) => {
      assert.ok(run.ended_at !== null && run.ended_at <= (runs[index + 1]?.started_at ?? 0));
    });
  }
}
