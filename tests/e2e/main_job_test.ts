// Owns: the proof of the main job: an idea in triage becomes finished work, made by processes.

import assert from "node:assert/strict";
import { join } from "node:path";
import type { TaskDetail } from "../../src/kernel/views.ts";
import { until } from "../harness/program.ts";
import { inOffice, type Office } from "./office.ts";

Deno.test("S-121 S-136 S-137 S-138 an idea in triage is planned, worked on, judged and done", () =>
  inOffice(async (office) => {
    await office.gateway();
    const rootId = await office.create("A small static site about tides", "--triage");
    const root = await office.becomes(rootId, "done", 40);

    assert.equal(root.parents.length, 4, "S-136: every child is a parent of the root");
    const children = await Promise.all(root.parents.map(({ id }) => office.detail(id)));
    const planned = root.events.find(({ kind }) => kind === "decomposed");
    assert.deepEqual(
      new Set((planned?.payload as { child_ids: string[] }).child_ids),
      new Set(root.parents.map(({ id }) => id)),
    );
    const starts = (task: TaskDetail) => task.runs[0]?.started_at ?? Infinity;
    for (const child of children) {
      assert.equal(child.task.status, "done");
      assert.equal(onlyRun(child).outcome, "completed");
      assert.ok(onlyRun(child).summary, "every worker hands off what it did");
      assert.ok(starts(root) >= (child.task.completed_at ?? Infinity), "the root wakes last");
    }
    const free = children.filter((child) => child.parents.length === 0);
    assert.equal(free.length, 2, "S-137: children without parents start side by side");

    const verdict = onlyRun(root);
    assert.equal(verdict.profile, "default", "S-138: the orchestrator judges");
    const metadata = verdict.metadata as { verdict: string; judged: string[] };
    assert.equal(metadata.verdict, "accepted");
    assert.deepEqual(new Set(metadata.judged), new Set(root.parents.map(({ id }) => id)));

    await theWorkIsThere(office, children);
    await theRecordsAreThere(office, [root, ...children]);
    await until("every worker's process is gone", () => office.workers().length === 0);
  }));

/** The files that handoffs name exist in the workspace of their task. */
async function theWorkIsThere(office: Office, children: TaskDetail[]): Promise<void> {
  let files = 0;
  for (const { task, runs } of children) {
    const { changed_files } = runs[0]?.metadata as { changed_files: string[] };
    for (const name of changed_files) {
      const path = join(office.home, "kanban", "workspaces", task.id, name);
      assert.ok((await Deno.stat(path)).size > 0, path);
      files++;
    }
  }
  assert.ok(files >= 8);
}

/** Usage on every run, the worker's log and its transcript beside it. */
async function theRecordsAreThere(office: Office, tasks: TaskDetail[]): Promise<void> {
  const logs = join(office.home, "kanban", "logs");
  for (const detail of tasks) {
    const run = onlyRun(detail);
    assert.equal(run.model, "rehearsal");
    assert.ok((run.input_tokens ?? 0) > 0 && (run.output_tokens ?? 0) > 0);
    const log = await Deno.readTextFile(join(logs, `${detail.task.id}.log`));
    assert.match(log, new RegExp(`working on task ${detail.task.id}, run ${run.id}`));
    const transcript = await Deno.readTextFile(join(logs, `${detail.task.id}.${run.id}.jsonl`));
    const entries = transcript.trim().split("\n").map((line) => JSON.parse(line));
    assert.equal(entries.at(0).kind, "start");
    assert.equal(entries.at(-1).kind, "end");
    assert.ok(entries.some((entry) => entry.tool === "kanban_complete"));
  }
}

function onlyRun({ runs, task }: TaskDetail) {
  assert.equal(runs.length, 1, `${task.title} took one attempt`);
  return runs[0]!;
}

Deno.test({
  name: "S-093 S-094 S-095 P-020 a worker is a process of its own with the task's environment",
  // The command line and the environment of another process can only be read there.
  ignore: Deno.build.os !== "linux",
  fn: () =>
    inOffice(async (office) => {
      await office.gateway();
      const id = await office.create(
        "Take your time rehearse:slow=3",
        ...["--assignee", "writer", "--tenant", "acme", "--skill", "kanban-orchestrator"],
      );
      const pid = await until("the worker runs", async () => {
        const { task } = await office.detail(id);
        return task.worker_pid;
      });
      const of = (name: string) => Deno.readTextFile(`/proc/${pid}/${name}`);
      const words = (await of("cmdline")).split("\0").slice(0, -1);
      assert.deepEqual(words.slice(-9), [
        ...["-p", "writer", "--skills", "kanban-worker", "--skills", "kanban-orchestrator"],
        ...["chat", "-q", `work kanban task ${id}`],
      ]);
      const env = new Map(
        (await of("environ")).split("\0").map((line) => {
          const at = line.indexOf("=");
          return [line.slice(0, at), line.slice(at + 1)];
        }),
      );
      const workspace = join(office.home, "kanban", "workspaces", id);
      assert.equal(env.get("HERMES_KANBAN_TASK"), id);
      assert.equal(env.get("HERMES_KANBAN_WORKSPACE"), workspace);
      assert.equal(env.get("HERMES_PROFILE"), "writer");
      assert.equal(env.get("HERMES_TENANT"), "acme");
      assert.equal(env.get("HERMES_KANBAN_DB"), office.board.path, "P-020: the root's board");
      assert.equal(await Deno.readLink(`/proc/${pid}/cwd`), workspace);
      assert.equal(await Deno.readLink(`/proc/${pid}/fd/0`), "/dev/null");
      const log = join(office.home, "kanban", "logs", `${id}.log`);
      assert.equal(await Deno.readLink(`/proc/${pid}/fd/1`), log);
      assert.equal(await Deno.readLink(`/proc/${pid}/fd/2`), log);
      const [, , group, session] = (await of("stat")).replace(/^.*\) /, "").split(" ");
      assert.deepEqual([Number(group), Number(session)], [pid, pid], "its own session");
      const { runs } = await office.becomes(id, "done");
      assert.equal(runs[0]?.worker_pid, pid);
    }),
});

Deno.test("S-003 P-020 a process in the home of a profile opens the board of the root", () =>
  inOffice(async ({ create, json, home }) => {
    const id = await create("Shared by all", "--assignee", "writer");
    const env = { HERMES_HOME: join(home, "profiles", "writer") };
    const tasks = await json(["kanban", "list"], { env });
    assert.deepEqual(tasks.map((task: { id: string }) => task.id), [id]);
    await assert.rejects(Deno.stat(join(env.HERMES_HOME, "kanban.db")), Deno.errors.NotFound);
  }));
