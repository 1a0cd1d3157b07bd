// Owns: the proof of the verbs that look at and change the board, run as real processes.

import assert from "node:assert/strict";
import { openBoard } from "../../src/kernel/board.ts";
import { addComment } from "../../src/kernel/comments.ts";
import { inWorld } from "../harness/program.ts";

Deno.test("S-009 S-166 S-168 S-170 create works on an empty home; list and init say what there is", () =>
  inWorld(async ({ run, ok, home }) => {
    const empty = await ok(["kanban", "list"]);
    assert.equal(empty.stdout, "(no matching tasks)\n");
    const made = await ok(["kanban", "create", "  Write the notes  ", "--assignee", "default"]);
    assert.match(made.stdout, /^Created t_[0-9a-f]{8} {2}\(ready, assignee=default\)\n$/);
    await ok(["kanban", "create", "Idea", "--triage", "--tenant", "acme"]);
    const { stdout } = await ok(["kanban", "ls"]);
    assert.match(stdout, /^▶ {2}t_[0-9a-f]{8} {2}ready +default +Write the notes$/m);
    assert.match(stdout, /^◇ {2}t_[0-9a-f]{8} {2}triage +- +\[acme\] {2}Idea$/m);
    const init = await run(["kanban", "init"]);
    assert.equal(init.code, 0);
    assert.match(init.stdout, new RegExp(`${home}/kanban\\.db`));
    assert.match(init.stdout, /given to: default/);
    assert.match(init.stdout, /hermes gateway start/);
  }));

Deno.test("S-167 S-168 S-172 create --json prints the task object with every field that was given", () =>
  inWorld(async ({ ok, json }) => {
    const parent = await json(["kanban", "create", "First"]);
    const made = await ok([
      ...["kanban", "create", "Second", "--body", "all of it", "--assignee", "w.r@x"],
      ...["--parent", parent.id, "--tenant", "acme", "--workspace", "dir:/tmp/somewhere"],
      ...["--priority", "-7", "--max-runtime", "1.5h", "--created-by", "maria", "--branch", "b"],
      ...["--skill", "a", "--skill", "b", "--skill", "a", "--idempotency-key", "k", "--json"],
    ]);
    assert.equal(made.stderr, "", "S-104: no warning with --json");
    const task = JSON.parse(made.stdout);
    assert.match(task.id, /^t_[0-9a-f]{8}$/);
    assert.deepEqual(
      [task.title, task.body, task.assignee, task.status, task.priority, task.tenant],
      ["Second", "all of it", "w.r@x", "todo", -7, "acme"],
    );
    assert.deepEqual(
      [task.workspace_kind, task.workspace_path, task.branch_name],
      ["dir", "/tmp/somewhere", "b"],
    );
    assert.deepEqual(
      [task.max_runtime_seconds, task.created_by, task.skills],
      [5400, "maria", ["a", "b"]],
    );
    assert.deepEqual(parent.skills, [], "R-16");
    const again = await json(["kanban", "create", "Third", "--idempotency-key", "k"]);
    assert.equal(again.id, task.id, "S-034");
    assert.equal(again.title, "Second");
  }));

Deno.test("S-171 S-085 show has parents, runs and the last 20 events with run numbers; --json has all", () =>
  inWorld(async ({ ok, json, run, home }) => {
    const parent = await json(["kanban", "create", "Parent task"]);
    const { id } = await json(["kanban", "create", "Child", "--parent", parent.id]);
    await ok(["kanban", "complete", parent.id, "--summary", "ready for you"]);
    const board = await openBoard({ slug: "default", path: `${home}/kanban.db` });
    for (let count = 0; count < 20; count++) await addComment(board, id, "maria", `n${count}`);
    await board.close();
    await ok(["kanban", "claim", id]);
    const { stdout } = await ok(["kanban", "show", id]);
    assert.match(stdout, /✓ t_[0-9a-f]{8} {2}Parent task/);
    assert.match(stdout, /# +OUTCOME +PROFILE +ELAPSED +STARTED/);
    assert.match(stdout, /2 +active/);
    assert.match(stdout, /Events \(last 20 of 23\)/);
    assert.match(stdout, /claimed +run 2/);
    const detail = await json(["kanban", "show", id]);
    for (const part of ["task", "parents", "children", "comments", "events", "runs"]) {
      assert.ok(part in detail, part);
    }
    assert.equal(detail.events.length, 23);
    assert.equal(detail.events.at(-1).run_id, 2);
    const missing = await run(["kanban", "show", "t_00000000"]);
    assert.deepEqual([missing.code, missing.stdout], [1, ""]);
    assert.match(
      missing.stderr,
      /^hermes: Cannot find task "t_00000000": .+\n.+hermes kanban list/,
    );
  }));

Deno.test("S-173 S-174 S-175 S-178 S-180 S-190 each verb confirms in one line", () =>
  inWorld(async ({ ok, json, run }) => {
    const say = async (...words: string[]) => (await ok(["kanban", ...words])).stdout;
    const a = (await json(["kanban", "create", "a"])).id;
    const b = (await json(["kanban", "create", "b"])).id;
    assert.equal(await say("assign", a, "default"), `Assigned ${a} to default\n`);
    assert.equal(await say("assign", a, "none"), `Assigned ${a} to nobody\n`);
    assert.equal((await json(["kanban", "show", a])).task.assignee, null);
    assert.equal(await say("link", a, b), `Linked ${a} -> ${b}\n`);
    assert.equal(await say("unlink", a, b), `Unlinked ${a} -> ${b}\n`);
    const again = await run(["kanban", "unlink", a, b]);
    assert.deepEqual([again.code, again.stdout], [1, ""]);
    assert.match(again.stderr, /no such link/);
    assert.match(
      await say("claim", a, "--ttl", "5m"),
      new RegExp(`^Claimed ${a} .*\nWorkspace: /`),
    );
    const lost = await run(["kanban", "claim", a]);
    assert.equal(lost.code, 1);
    assert.match(lost.stderr, /Status: running\. Lock: .+:\d+\./);
    assert.match(await say("heartbeat", a, "--note", "half way"), /^Heartbeat recorded/);
    assert.equal((await run(["kanban", "heartbeat", b])).code, 1);
    assert.match(await say("comment", a, "two", "words", "--author", "maria"), /as maria/);
    assert.match(await say("block", b, "what", "now?"), /^Blocked t_/);
    assert.match(await say("unblock", b), /^Unblocked t_/);
    assert.match(await say("complete", a, "--summary", "s"), /^Completed t_/);
    assert.equal(await say("archive", a, b), `Archived ${a}\nArchived ${b}\n`);
    const running = await run(["kanban", "assign", "t_x", "default"]);
    assert.equal(running.code, 1);
  }));

Deno.test("S-181 S-177 runs shows outcome, summary and error; an explicit block shows its reason", () =>
  inWorld(async ({ ok, json }) => {
    const { id } = await json(["kanban", "create", "a", "--assignee", "w"]);
    assert.match((await ok(["kanban", "runs", id])).stdout, /^\(no runs/);
    await ok(["kanban", "claim", id]);
    await ok(["kanban", "block", id, "which", "logo?"]);
    await ok(["kanban", "unblock", id]);
    await ok(["kanban", "claim", id]);
    await ok(["kanban", "reclaim", id, "--reason", "took the wrong turn"]);
    const { stdout } = await ok(["kanban", "runs", id]);
    assert.match(stdout, /^# +OUTCOME +PROFILE +ELAPSED +STARTED$/m);
    assert.match(stdout, /^1 +blocked +w +\d+s +\d{4}-.*\n +→ which logo\?$/m);
    assert.match(stdout, /^2 +reclaimed +w .*\n +! took the wrong turn$/m);
    const runs = await json(["kanban", "runs", id]);
    assert.deepEqual(runs.map((it: { outcome: string }) => it.outcome), ["blocked", "reclaimed"]);
    const { comments } = await json(["kanban", "show", id]);
    assert.equal(comments[0].body, "BLOCKED: which logo?");
  }));

Deno.test("S-176 P-062 complete: one summary for several tasks is refused, ids are each on their own", () =>
  inWorld(async ({ run, json }) => {
    const a = (await json(["kanban", "create", "a"])).id;
    const b = (await json(["kanban", "create", "b"])).id;
    for (const shared of [["--summary", "s"], ["--metadata", "{}"]]) {
      const refused = await run(["kanban", "complete", a, b, ...shared]);
      assert.equal(refused.code, 2);
      assert.match(refused.stderr, /Nothing was changed/);
    }
    const board = await json(["kanban", "list"]);
    assert.deepEqual(board.map((it: { status: string }) => it.status), ["ready", "ready"]);
    const mixed = await run(["kanban", "complete", a, "t_00000000", b]);
    assert.equal(mixed.code, 1);
    assert.equal(mixed.stdout, `Completed ${a}\nCompleted ${b}\n`);
    assert.match(mixed.stderr, /t_00000000/);
    const asJson = await run(["kanban", "complete", a, b, "--json"]);
    assert.equal(asJson.code, 1);
    assert.deepEqual(
      JSON.parse(asJson.stdout).results.map((it: { ok: boolean }) => it.ok),
      [false, false],
    );
  }));

Deno.test("S-176 bad --metadata names the place, exits 2 and changes nothing", () =>
  inWorld(async ({ run, json }) => {
    const { id } = await json(["kanban", "create", "a"]);
    const bad: [string, RegExp][] = [
      ['{"a": x}', /line 1, column 7/],
      ['{"a":\n 1,}', /line 2, column 4/],
      ['{"a": 1', /ends too early/],
      ["[1]", /expected a JSON object, got a list/],
      ['"text"', /got a string/],
    ];
    for (const [text, reason] of bad) {
      const refused = await run(["kanban", "complete", id, "--metadata", text]);
      assert.equal(refused.code, 2, text);
      assert.match(refused.stderr, reason);
    }
    assert.equal((await json(["kanban", "show", id])).task.status, "ready");
  }));

Deno.test("S-169 S-109 durations and workspaces: what is understood and what is a usage error", () =>
  inWorld(async ({ run, json, home }) => {
    const create = (...words: string[]) => json(["kanban", "create", "x", ...words]);
    const seconds = async (text: string) =>
      (await create("--max-runtime", text)).max_runtime_seconds;
    assert.deepEqual(
      [await seconds("90"), await seconds("30m"), await seconds("2h"), await seconds("1d")],
      [90, 1800, 7200, 86400],
    );
    const folder = home.replace(/\/home$/, "");
    assert.equal((await create("--workspace", "dir:~/a")).workspace_path, `${folder}/a`);
    assert.equal((await create("--workspace", "worktree")).workspace_kind, "worktree");
    for (
      const words of [["--max-runtime", "soon"], ["--workspace", "tent"], ["--workspace", "dir:"]]
    ) {
      const refused = await run(["kanban", "create", "x", ...words]);
      assert.deepEqual([refused.code, refused.stdout], [2, ""], words.join(" "));
    }
    const relative = await run(["kanban", "create", "x", "--workspace", "dir:here"]);
    assert.equal(relative.code, 0);
    assert.match(relative.stderr, /^warning: .*relative/m);
  }));

Deno.test("S-184 S-182 S-187 S-185 stats, assignees, context and log for people", () =>
  inWorld(async ({ ok, run, json }) => {
    const { id } = await json(["kanban", "create", "Read me", "--assignee", "w"]);
    assert.match((await ok(["kanban", "stats"])).stdout, /▶ +ready +1[\s\S]*w +ready 1/);
    assert.match((await ok(["kanban", "assignees"])).stdout, /w +no profile +ready 1/);
    assert.match((await ok(["kanban", "context", id])).stdout, /Read me/);
    const log = await run(["kanban", "log", id]);
    assert.equal(log.code, 1);
    assert.match(log.stderr, /there is none/);
    assert.equal((await run(["kanban", "log", id, "--json"])).code, 1);
  }));

Deno.test("S-027 a body of 1 MB comes in by standard input and stays whole", () =>
  inWorld(async ({ ok, json }) => {
    const body = "'; DROP TABLE tasks; -- ".repeat(44_000);
    const made = await ok(["kanban", "create", "big", "--body", "-", "--json"], { stdin: body });
    const { id } = JSON.parse(made.stdout);
    assert.equal((await json(["kanban", "show", id])).task.body, body);
  }));
