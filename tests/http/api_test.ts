// Owns: proof of the REST contract: what each address takes and answers.

import assert from "node:assert/strict";
import { seedTasks, taskId } from "../../scripts/bench/seed.ts";
import { writePlan } from "../../src/kernel/decomposition.ts";
import { type Asking, withServer } from "./served.ts";

const put = (body: unknown): Asking => ({ method: "PATCH", body });

Deno.test("S-214 S-215 GET /board: columns in order, cards with all task fields and what stands around them", () =>
  withServer(async ({ good, create }) => {
    const parent = await create("Measure the tide", { assignee: "writer", tenant: "acme" });
    const child = await create("Write it up", { parents: [parent], priority: 3, body: "Long" });
    await good(`/tasks/${parent}/comments`, { body: { body: "Use the new gauge" } });
    const board = await good("/board");
    assert.deepEqual(
      board.columns.map(({ name }: { name: string }) => name),
      ["triage", "todo", "ready", "running", "blocked", "done"],
    );
    assert.deepEqual(board.tenants, ["acme"]);
    assert.deepEqual(board.assignees, ["writer"]);
    assert.equal(board.latest_event_id, 3);
    assert.ok(board.now > 1_700_000_000);
    const [ready] = board.columns[2].tasks;
    assert.equal(ready.id, parent);
    assert.deepEqual(ready.link_counts, { parents: 0, children: 1 });
    assert.deepEqual(ready.progress, { done: 0, total: 1 });
    assert.equal(ready.comment_count, 1);
    assert.equal(ready.age.started_age_seconds, null);
    assert.ok(ready.age.created_age_seconds >= 0);
    const [todo] = board.columns[1].tasks;
    const { body, priority, open_parents, progress, skills, workspace_kind } = todo;
    assert.equal(todo.id, child);
    assert.deepEqual({ body, priority, open_parents, progress, skills, workspace_kind }, {
      body: "Long",
      priority: 3,
      open_parents: 1,
      progress: null,
      skills: [],
      workspace_kind: "scratch",
    });
    const lean = await good("/board?texts=false&tenant=acme");
    assert.equal(lean.columns[1].tasks.length, 0);
    assert.equal("body" in lean.columns[2].tasks[0], false);
  }));

Deno.test("S-214 U-014 a done card carries the newest handoff; archived ones come when asked for", () =>
  withServer(async ({ good, create }) => {
    const [done, gone] = [await create("Done"), await create("Gone")];
    await good(`/tasks/${done}`, put({ status: "done", summary: "x".repeat(300), result: "42" }));
    await good(`/tasks/${gone}`, put({ status: "archived" }));
    const { columns } = await good("/board");
    assert.equal(columns.length, 6);
    const [card] = columns[5].tasks;
    assert.equal(card.latest_summary, "x".repeat(200));
    assert.equal(card.result, "42");
    assert.ok(card.age.time_to_complete_seconds >= 0);
    const all = await good("/board?include_archived=true");
    assert.equal(all.columns[6].name, "archived");
    assert.equal(all.columns[6].tasks[0].id, gone);
  }));

Deno.test("S-214 done is paged: the newest first, all counted, the rest by GET /tasks", () =>
  withServer(async ({ good, board }) => {
    await seedTasks(board, { first: 1, count: 250, status: "done", assignee: null });
    const done = (await good("/board?done_limit=30")).columns[5];
    assert.equal(done.count, 250);
    assert.equal(done.tasks.length, 30);
    const rest = await good("/tasks?status=done&sort=completed&limit=500&offset=30");
    assert.equal(rest.total, 250);
    assert.equal(rest.tasks.length, 220);
    const ids = new Set([...done.tasks, ...rest.tasks].map(({ id }: { id: string }) => id));
    assert.equal(ids.size, 250);
    assert.ok(ids.has(taskId(1)));
  }));

Deno.test("R-06 the progress of a decomposed root counts what it was split into", () =>
  withServer(async ({ good, create, board }) => {
    const root = await create("Idea", { triage: true });
    const plan = { rootId: root, orchestrator: "o", author: "a", autoPromote: true };
    const children = ["one", "two", "three"]
      .map((title) => ({ title, body: "", assignee: "w", parents: [] }));
    const ids = await writePlan(board, { ...plan, children }) ?? [];
    await good(`/tasks/${ids[0]}`, put({ status: "done" }));
    const after = await create("Later", { parents: [root] });
    const { columns } = await good("/board");
    const card = columns.flatMap(({ tasks }: { tasks: unknown[] }) => tasks)
      .find(({ id }: { id: string }) => id === root);
    assert.deepEqual(card.progress, { done: 1, total: 3 });
    assert.deepEqual((await good(`/tasks/${root}`)).progress, { done: 1, total: 3 });
    assert.ok(after);
  }));

Deno.test("S-216 GET /tasks/:id: task, comments, events, links, runs; 404 for an unknown one", () =>
  withServer(async ({ good, ask, create }) => {
    const parent = await create("First");
    const id = await create("Second", { parents: [parent] });
    await good(`/tasks/${id}/comments`, { body: { body: "Hello", author: "maria" } });
    const detail = await good(`/tasks/${id}`);
    assert.equal(detail.task.id, id);
    assert.deepEqual(detail.links, { parents: [parent], children: [] });
    assert.equal(detail.comments[0].author, "maria");
    assert.deepEqual(Object.keys(detail.comments[0]).sort(), [
      "author",
      "body",
      "created_at",
      "id",
      "task_id",
    ]);
    assert.deepEqual(
      detail.events.map(({ kind }: { kind: string }) => kind),
      ["created", "commented"],
    );
    assert.deepEqual(detail.runs, []);
    const unknown = await ask("/tasks/t_nobody");
    assert.equal(unknown.status, 404);
    assert.equal(unknown.body.error.code, "not_found");
    assert.equal(unknown.body.detail, unknown.body.error.message);
  }));

Deno.test("S-217 POST /tasks: defaults, warning, idempotency, unknown fields, 400 and 422", () =>
  withServer(async ({ good, ask, create }) => {
    const { task, warning } = await good("/tasks", {
      body: { title: "Write", assignee: "nobody", nonsense: 1, created_by: "somebody else" },
    });
    assert.equal(task.status, "ready");
    assert.equal(task.created_by, "dashboard");
    assert.match(warning, /no profile "nobody"/);
    const key = { idempotency_key: "k1" };
    assert.equal(await create("One", key), await create("Two", key));
    const refusals: [unknown, number, string | undefined][] = [
      [{ title: "   " }, 400, undefined],
      [{}, 422, "title"],
      [{ title: 5 }, 422, "title"],
      [{ title: "x", priority: "high" }, 422, "priority"],
      [{ title: "x", priority: 1.5 }, 422, "priority"],
      [{ title: "x", triage: "perhaps" }, 422, "triage"],
      [{ title: "x", parents: [7] }, 422, "parents"],
      [{ title: "x", workspace_kind: "moon" }, 400, "workspace_kind"],
      [{ title: "x", parents: ["t_nobody"] }, 400, undefined],
      [{ title: "x", max_runtime_seconds: 0 }, 422, "max_runtime_seconds"],
      [[], 422, "body"],
      ["text", 422, "body"],
    ];
    for (const [body, status, field] of refusals) {
      const answer = await ask("/tasks", { body });
      assert.equal(answer.status, status, `${JSON.stringify(body)}: ${answer.text}`);
      assert.equal(answer.body.error.field, field, answer.text);
    }
  }));

Deno.test("S-218 S-219 PATCH /tasks/:id applies assignee, status, priority, title and body", () =>
  withServer(async ({ good, ask, create }) => {
    const id = await create("Draft");
    const changes = {
      assignee: "writer",
      priority: 5,
      title: " Final ",
      body: "All of it",
      status: "done",
      result: "ok",
      summary: "Wrote it",
      metadata: { words: 3 },
    };
    const { task } = await good(`/tasks/${id}`, put(changes));
    const { assignee, priority, title, body, status, result } = task;
    assert.deepEqual({ assignee, priority, title, body, status, result }, {
      assignee: "writer",
      priority: 5,
      title: "Final",
      body: "All of it",
      status: "done",
      result: "ok",
    });
    const [run] = (await good(`/tasks/${id}`)).runs;
    assert.equal(run.summary, "Wrote it");
    assert.deepEqual(run.metadata, { words: 3 });
    assert.equal((await good(`/tasks/${id}`, put({ assignee: "" }))).task.assignee, null);
    const refused: [string, unknown, number][] = [
      [id, { status: "gone" }, 400],
      [id, { title: " " }, 400],
      [id, { title: 3 }, 422],
      [id, { status: "blocked", priority: [] }, 422],
      ["t_nobody", { priority: 1 }, 404],
      ["t_nobody", {}, 404],
    ];
    for (const [whose, patch, wanted] of refused) {
      const answer = await ask(`/tasks/${whose}`, put(patch));
      assert.equal(answer.status, wanted, `${JSON.stringify(patch)}: ${answer.text}`);
    }
  }));

Deno.test("S-218 a refused change leaves the rest of the request undone", () =>
  withServer(async ({ good, ask, create }) => {
    const id = await create("Draft");
    const answer = await ask(`/tasks/${id}`, put({ assignee: "writer", status: "nowhere" }));
    assert.equal(answer.status, 400);
    assert.equal((await good(`/tasks/${id}`)).task.assignee, null);
  }));

Deno.test("R-07 PATCH to running is a claim by hand; reassigning it then is refused with 409", () =>
  withServer(async ({ good, ask, create }) => {
    const id = await create("By hand", { assignee: "maria" });
    const { task } = await good(`/tasks/${id}`, put({ status: "running" }));
    assert.equal(task.status, "running");
    assert.equal(task.claim_lock, "manual");
    assert.equal(task.claim_expires, null);
    assert.equal(task.worker_pid, null);
    const [run] = (await good("/workers/active")).workers;
    assert.equal(run.task_id, id);
    const taken = await ask(`/tasks/${id}`, put({ assignee: "john" }));
    assert.equal(taken.status, 409);
    assert.equal(taken.body.error.code, "refused");
    assert.equal((await ask(`/tasks/${id}`, put({ status: "done", summary: "ok" }))).status, 200);
  }));

Deno.test("R-08 PATCH to ready with open parents waives them and names them on the event", () =>
  withServer(async ({ good, create }) => {
    const parent = await create("First");
    const id = await create("Second", { parents: [parent] });
    assert.equal((await good(`/tasks/${id}`, put({ status: "ready" }))).task.status, "ready");
    const { events } = await good(`/tasks/${id}`);
    assert.deepEqual(events.at(-1).payload.waived_parents, [parent]);
  }));

Deno.test("R-10 S-218 blocked to ready is an unblock, which looks at the parents again", () =>
  withServer(async ({ good, create }) => {
    const id = await create("Stuck", { assignee: "w" });
    const blocked = await good(`/tasks/${id}`, put({ status: "blocked", block_reason: "Which?" }));
    assert.equal(blocked.task.status, "blocked");
    const parent = await create("Late parent");
    await good("/links", { body: { parent_id: parent, child_id: id } });
    assert.equal((await good(`/tasks/${id}`, put({ status: "ready" }))).task.status, "todo");
  }));

Deno.test("S-220 POST /tasks/bulk: each id on its own, empty ids 400, partial failures told", () =>
  withServer(async ({ good, ask, create }) => {
    const ids = [await create("a"), await create("b")];
    const all = { ids: [...ids, "t_nobody", ids[0]], status: "done", summary: "all at once" };
    const { results } = await good("/tasks/bulk", { body: all });
    assert.deepEqual(results.map(({ ok }: { ok: boolean }) => ok), [true, true, false]);
    assert.match(results[2].error, /t_nobody/);
    const archived = await good("/tasks/bulk", { body: { ids, archive: true } });
    assert.ok(archived.results.every(({ ok }: { ok: boolean }) => ok));
    for (
      const body of [{ ids: [], status: "done" }, { ids: ["  "] }, { ids }, { ids, status: "x" }]
    ) {
      assert.equal((await ask("/tasks/bulk", { body })).status, 400, JSON.stringify(body));
    }
    for (const body of [{}, { ids: "t_1" }, { ids: [1], archive: true }]) {
      assert.equal((await ask("/tasks/bulk", { body })).status, 422, JSON.stringify(body));
    }
  }));

Deno.test("S-221 POST comments: author dashboard unless named, blank 400, unknown 404", () =>
  withServer(async ({ good, ask, create }) => {
    const id = await create("Talk");
    assert.equal((await good(`/tasks/${id}/comments`, { body: { body: "Hi" } })).ok, true);
    assert.equal((await good(`/tasks/${id}`)).comments[0].author, "dashboard");
    assert.equal((await ask(`/tasks/${id}/comments`, { body: { body: "  " } })).status, 400);
    assert.equal((await ask(`/tasks/t_no/comments`, { body: { body: "Hi" } })).status, 404);
    assert.equal((await ask(`/tasks/${id}/comments`, { body: {} })).status, 422);
  }));

Deno.test("S-222 links: ok, cycle, self and unknown 400; DELETE says whether there was one", () =>
  withServer(async ({ good, ask, create }) => {
    const [a, b] = [await create("a"), await create("b")];
    const link = (parent_id: string, child_id: string) =>
      ask("/links", { body: { parent_id, child_id } });
    assert.equal((await link(a, b)).body.ok, true);
    for (const [parent, child] of [[b, a], [a, a], ["t_no", a], [a, "t_no"]] as const) {
      assert.equal((await link(parent, child)).status, 400, `${parent} ${child}`);
    }
    const query = `/links?parent_id=${a}&child_id=${b}`;
    assert.deepEqual(await good(query, { method: "DELETE" }), { ok: true });
    assert.deepEqual(await good(query, { method: "DELETE" }), { ok: false });
    assert.equal((await ask("/links", { method: "DELETE" })).status, 422);
  }));

Deno.test("S-223 POST /dispatch answers with the plan, spawned as triples", () =>
  withServer(async ({ good, ask, create, home }) => {
    await Deno.mkdir(`${home}/profiles/writer`, { recursive: true });
    await Deno.writeTextFile(`${home}/profiles/writer/config.yaml`, "");
    const id = await create("Write", { assignee: "writer" });
    const plan = await good("/dispatch?dry_run=true&max=3", { method: "POST" });
    assert.equal(plan.dry_run, true);
    assert.equal(plan.spawned.length, 1);
    assert.deepEqual(plan.spawned[0].slice(0, 2), [id, "writer"]);
    assert.equal((await ask("/dispatch?max=many", { method: "POST" })).status, 422);
  }));

Deno.test("S-224 GET /config: four values, defaults and edits", () =>
  withServer(async ({ good, home }) => {
    assert.deepEqual(await good("/config"), {
      default_tenant: "",
      lane_by_profile: true,
      include_archived_by_default: false,
      render_markdown: true,
    });
    await Deno.writeTextFile(
      `${home}/config.yaml`,
      "dashboard:\n  kanban:\n    default_tenant: acme\n    render_markdown: false\n",
    );
    const edited = await good("/config");
    assert.equal(edited.default_tenant, "acme");
    assert.equal(edited.render_markdown, false);
  }));

Deno.test("S-225 stats, assignees and log", () =>
  withServer(async ({ good, ask, create, home }) => {
    const id = await create("Write", { assignee: "writer" });
    assert.deepEqual((await good("/stats")).by_status, { ready: 1 });
    const { assignees } = await good("/assignees");
    assert.deepEqual(assignees.find(({ name }: { name: string }) => name === "writer"), {
      name: "writer",
      on_disk: false,
      counts: { ready: 1 },
    });
    const none = await good(`/tasks/${id}/log`);
    assert.deepEqual([none.exists, none.content, none.size_bytes], [false, "", 0]);
    await Deno.mkdir(`${home}/kanban/logs`, { recursive: true });
    await Deno.writeTextFile(`${home}/kanban/logs/${id}.log`, "one\ntwo\nthree\n");
    const log = await good(`/tasks/${id}/log?tail=8`);
    assert.deepEqual([log.task_id, log.exists, log.size_bytes, log.truncated], [
      id,
      true,
      14,
      true,
    ]);
    assert.equal(log.content, "three\n");
    assert.equal((await ask(`/tasks/t_no/log`)).status, 404);
    for (const tail of ["0", "2000001", "x", "1.5"]) {
      assert.equal((await ask(`/tasks/${id}/log?tail=${tail}`)).status, 422, tail);
    }
  }));

Deno.test("U-005 boards: create, list, change, switch, remove", () =>
  withServer(async ({ good, ask, home }) => {
    const made = await good("/boards", { body: { slug: "Site", name: "Web site", icon: "🌊" } });
    assert.equal(made.board.slug, "site");
    assert.equal(made.board.db_path, `${home}/kanban/boards/site/kanban.db`);
    assert.deepEqual(await good("/boards", { body: { slug: "site" } }), made);
    const list = await good("/boards");
    assert.deepEqual(list.boards.map(({ slug }: { slug: string }) => slug), ["default", "site"]);
    assert.deepEqual([list.boards[1].total, list.current], [0, "default"]);
    const changed = await good("/boards/site", put({ description: "d", default_workdir: home }));
    assert.deepEqual(
      [changed.board.name, changed.board.description, changed.board.default_workdir],
      ["Web site", "d", home],
    );
    for (const default_workdir of ["relative", `${home}/nothing`]) {
      assert.equal((await ask("/boards/site", put({ default_workdir }))).status, 400);
    }
    assert.equal(
      (await good("/boards/site", put({ default_workdir: null }))).board.default_workdir,
      null,
    );
    assert.deepEqual(await good("/boards/site/switch", { method: "POST" }), { current: "site" });
    const removed = await good("/boards/site", { method: "DELETE" });
    assert.deepEqual(removed, { result: "archived", current: "default" });
    assert.equal((await good("/boards?include_archived=true")).boards.length, 2);
    assert.equal((await ask("/boards/site", { method: "DELETE" })).status, 404);
    assert.equal((await ask("/boards/default", { method: "DELETE" })).status, 409);
    assert.equal((await ask("/boards", { body: { slug: "../x" } })).status, 400);
  }));

Deno.test("U-006 ?board= on every route: its own tasks, malformed 400, unknown 404, removed 404", () =>
  withServer(async ({ good, ask }) => {
    await good("/boards", { body: { slug: "site" } });
    const { task } = await good("/tasks?board=site", { body: { title: "There" } });
    assert.equal((await good("/stats?board=site")).by_status.ready, 1);
    assert.deepEqual((await good("/stats")).by_status, {});
    assert.equal((await ask(`/tasks/${task.id}`)).status, 404);
    assert.equal((await good(`/tasks/${task.id}?board=SITE`)).task.title, "There");
    for (const path of ["/board", "/stats", "/tasks", "/config", "/graph", "/feed"]) {
      assert.equal((await ask(`${path}?board=..%2Fx`)).status, 400, path);
      assert.equal((await ask(`${path}?board=nowhere`)).status, 404, path);
    }
    await good("/boards/site?delete=true", { method: "DELETE" });
    assert.equal((await ask("/stats?board=site")).status, 404);
    await good("/boards", { body: { slug: "site" } });
    assert.deepEqual((await good("/stats?board=site")).by_status, {});
  }));
