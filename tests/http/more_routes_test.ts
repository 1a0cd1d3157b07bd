// Owns: proof of the addresses beyond the old contract: graph, undo, runs, files, streams, activity, reference.

import assert from "node:assert/strict";
import { mustCommand } from "../../src/kernel/board.ts";
import { until } from "../harness/program.ts";
import { type Asking, type Served, token, withServer } from "./served.ts";

const post = (body: unknown = {}): Asking => ({ method: "POST", body });
const patch = (body: unknown): Asking => ({ method: "PATCH", body });

/** Claims a task as a dispatcher does, and returns the run. */
async function claim({ board }: Served, id: string): Promise<number> {
  const { runId } = await mustCommand(board, id, {
    type: "claim",
    lock: "host:1",
    ttlSeconds: 900,
    lane: "builtin",
  });
  return runId!;
}

Deno.test("GET /graph and /tasks/:id/graph: nodes, edges, the critical path; 404 for an unknown task", () =>
  withServer(async ({ good, ask, create }) => {
    const a = await create("a");
    const b = await create("b", { parents: [a] });
    await create("alone");
    const whole = await good("/graph");
    assert.equal(whole.nodes.length, 3);
    assert.deepEqual(
      whole.edges.map(({ parent, child }: { parent: string; child: string }) => [parent, child]),
      [[a, b]],
    );
    const part = await good(`/tasks/${b}/graph`);
    assert.deepEqual(part.nodes.map(({ id }: { id: string }) => id), [a, b]);
    assert.deepEqual(part.critical_path, [a, b]);
    assert.equal((await ask("/tasks/t_no/graph")).status, 404);
  }));

Deno.test("GET /tasks/:id/why names the gates", () =>
  withServer(async ({ good, create, ask }) => {
    const id = await create("b", { parents: [await create("a")] });
    const { verdict, gates } = await good(`/tasks/${id}/why`);
    assert.equal(verdict, "waiting");
    assert.ok(gates.some(({ gate }: { gate: string }) => gate === "parent_open"));
    assert.equal((await ask("/tasks/t_no/why")).status, 404);
  }));

Deno.test("undo over HTTP: listed, taken back, refused when there is nothing", () =>
  withServer(async ({ good, ask, create }) => {
    const id = await create("a");
    await good(`/tasks/${id}`, patch({ title: "b" }));
    const { actions } = await good("/undo");
    assert.deepEqual(actions.map(({ verb }: { verb: string }) => verb), ["edit", "create"]);
    await good("/undo", post());
    assert.equal((await good(`/tasks/${id}`)).task.title, "a");
    await good("/undo", post({ action: actions[1].id }));
    assert.equal((await ask("/undo", post())).status, 404);
    assert.equal((await ask("/undo", post({ count: "x" }))).status, 422);
  }));

Deno.test("U-019 reclaim and reassign: 409 when not possible", () =>
  withServer(async (served) => {
    const { good, ask, create } = served;
    const id = await create("a", { assignee: "w" });
    assert.equal((await ask(`/tasks/${id}/reclaim`, post())).status, 409);
    await claim(served, id);
    assert.equal((await ask(`/tasks/${id}/reassign`, post({ assignee: "v" }))).status, 409);
    const moved = await good(`/tasks/${id}/reassign`, post({ assignee: "v", reclaim: true }));
    assert.deepEqual([moved.assignee, moved.status], ["v", "ready"]);
    assert.equal((await ask(`/tasks/t_no/reassign`, post({ assignee: "v" }))).status, 404);
  }));

Deno.test("U-066 workers, runs and terminate: 404 for an unknown run, 409 for one that is over", () =>
  withServer(async (served) => {
    const { good, ask, create } = served;
    const id = await create("a", { assignee: "w" });
    const run = await claim(served, id);
    const active = await good("/workers/active");
    assert.deepEqual([active.count, active.workers[0].id, active.workers[0].title], [1, run, "a"]);
    assert.ok(active.checked_at > 0);
    assert.equal((await good(`/runs/${run}`)).run.task_id, id);
    const ended = await good(`/runs/${run}/terminate`, post({ reason: "wrong way" }));
    assert.deepEqual(ended, { ok: true, run_id: run, task_id: id });
    assert.equal((await good(`/runs/${run}`)).run.outcome, "reclaimed");
    assert.equal((await ask(`/runs/${run}/terminate`, post())).status, 409);
    assert.equal((await ask(`/runs/999/terminate`, post())).status, 404);
    assert.equal((await ask(`/runs/abc`)).status, 422);
    const { runs } = await good("/runs?since=1h&profile=w");
    assert.deepEqual(runs.map(({ id }: { id: number }) => id), [run]);
    assert.deepEqual((await good("/runs?profile=nobody")).runs, []);
    assert.deepEqual((await good("/runs?until=2020-01-01&since=2019-01-01")).runs, []);
    assert.equal((await ask("/runs?since=whenever")).status, 400);
  }));

Deno.test("GET /feed: newest first, page by page, without signs of life", () =>
  withServer(async (served) => {
    const { good, create, board } = served;
    const id = await create("a", { assignee: "w" });
    const run = await claim(served, id);
    await mustCommand(board, id, { type: "heartbeat", note: null }, { fence: run });
    const { events, next } = await good("/feed?limit=1");
    assert.deepEqual([events[0].kind, events[0].title, next], ["claimed", "a", events[0].id]);
    const rest = await good(`/feed?before=${next}`);
    assert.deepEqual(
      [rest.events.map(({ kind }: { kind: string }) => kind), rest.next],
      [["created"], null],
    );
    assert.equal((await good("/feed?kinds=created")).events.length, 1);
    assert.equal((await good("/feed?kinds=created,claimed")).events.length, 2);
    await create("b", { assignee: "other" });
    const others = (await good("/feed?assignee=other")).events;
    assert.deepEqual(others.map(({ title }: { title: string }) => title), ["b"]);
    assert.deepEqual((await good("/feed?assignee=nobody")).events, []);
  }));

Deno.test("GET /attention: blocked with its reason, gave up, stranded, needs assignee", () =>
  withServer(async (served) => {
    const { good, create, board } = served;
    const blocked = await create("Which?", { assignee: "w" });
    await good(`/tasks/${blocked}/block`, post({ reason: "Which logo?", kind: "needs_input" }));
    const broken = await create("Broken", { assignee: "w", max_retries: 1 });
    await claim(served, broken);
    await mustCommand(board, broken, { type: "crash", pid: 1, error: "segfault" });
    const stranded = await create("Stranded", { assignee: "nobody" });
    const free = await create("Free");
    const found = await good("/attention");
    const seen = (name: string) =>
      found[name].map(({ id, reason }: { id: string; reason: string }) => [id, reason]);
    assert.deepEqual(seen("blocked"), [[blocked, "Which logo?"]]);
    assert.deepEqual(seen("gave_up"), [[broken, "segfault"]]);
    assert.deepEqual(seen("stranded"), [[stranded, 'There is no profile "nobody".']]);
    assert.deepEqual(seen("needs_assignee"), [[free, null]]);
    assert.equal(found.count, 4);
  }));

Deno.test("GET /transitions: where a card can be dropped is what the state machine accepts", () =>
  withServer(async ({ good, ask, create }) => {
    const { drop_targets, commands } = await good("/transitions");
    assert.ok(commands.some(({ command }: { command: string }) => command === "complete"));
    for (const [from, targets] of Object.entries(drop_targets) as [string, string[]][]) {
      if (from === "running" || from === "archived") continue;
      for (const to of ["triage", "todo", "ready", "running", "blocked", "done", "archived"]) {
        if (to === from) continue;
        const id = await create(`${from} to ${to}`, { assignee: "w", triage: from === "triage" });
        if (from !== "triage" && from !== "ready") {
          await good(`/tasks/${id}`, patch({ status: from }));
        }
        const { status } = await ask(`/tasks/${id}`, patch({ status: to }));
        assert.equal(status, targets.includes(to) ? 200 : 409, `${from} → ${to}`);
      }
    }
  }));

Deno.test("U-059 attachments: taken, listed, handed out to be saved, removed", () =>
  withServer(async ({ good, ask, create, url }) => {
    const id = await create("a");
    const form = new FormData();
    form.append(
      "file",
      new File(["<script>alert(1)</script>"], "no<te.html", { type: "text/html" }),
    );
    form.append("file", new File(["b"], "東京.txt"));
    const made = await good(`/tasks/${id}/attachments`, { raw: form });
    assert.equal(made.attachments.length, 2);
    assert.equal(made.attachment.filename, "no_te.html");
    const list = await good(`/tasks/${id}/attachments`);
    assert.deepEqual(
      list.attachments.map(({ filename }: { filename: string }) => filename),
      ["no_te.html", "東京.txt"],
    );
    const file = await ask(`/attachments/${made.attachment.id}`);
    assert.equal(file.text, "<script>alert(1)</script>");
    assert.equal(file.headers.get("content-type"), "application/octet-stream");
    assert.match(file.headers.get("content-disposition")!, /^attachment; /);
    assert.equal(file.headers.get("x-content-type-options"), "nosniff");
    assert.match(file.headers.get("content-security-policy")!, /sandbox/);
    const other = await ask(`/attachments/${made.attachments[1].id}`);
    assert.match(other.headers.get("content-disposition")!, /UTF-8''%E6%9D%B1%E4%BA%AC\.txt$/);
    const removed = await good(`/attachments/${made.attachment.id}`, { method: "DELETE" });
    assert.equal(removed.file_removed, true);
    assert.equal((await ask(`/attachments/${made.attachment.id}`)).status, 404);
    assert.equal((await ask(`/attachments/x`)).status, 422);
    const refusals: [string, Asking, number][] = [
      ["t_no", { raw: form }, 404],
      [id, { raw: new FormData(), method: "POST" }, 400],
      [id, { body: { path: "/etc/passwd" } }, 400],
      [id, { raw: "x", headers: { "content-type": "multipart/form-data; boundary=z" } }, 400],
      [id, { raw: "x", headers: { "content-type": "multipart/form-data" } }, 400],
    ];
    for (const [task, asking, status] of refusals) {
      const answer = await ask(`/tasks/${task}/attachments`, asking);
      assert.equal(answer.status, status, answer.text);
    }
    assert.ok(url);
  }));

Deno.test("U-059 a file of more than 25 MB is refused with 413 and leaves nothing", () =>
  withServer(async ({ good, ask, create }) => {
    const id = await create("a");
    for (const size of [25 * 1024 * 1024 + 1, 26 * 1024 * 1024]) {
      const form = new FormData();
      form.append("file", new File([new Uint8Array(size)], "big.bin"));
      const answer = await ask(`/tasks/${id}/attachments`, { raw: form });
      assert.equal(answer.status, 413, answer.text);
      assert.equal(answer.body.error.code, "too_large");
    }
    assert.deepEqual((await good(`/tasks/${id}/attachments`)).attachments, []);
  }));

/** Reads Server-Sent Events into a list until the test is done with them. */
async function listen({ url }: Served, path: string): Promise<{
  // deno-lint-ignore no-explicit-any -- whatever was sent
  heard: { event: string; data: any; id?: string }[];
  ended: Promise<void>;
  stop(): Promise<void>;
}> {
  const leaving = new AbortController();
  const response = await fetch(`${url}/api/plugins/kanban${path}`, {
    headers: { authorization: `Bearer ${token}` },
    signal: leaving.signal,
  });
  assert.equal(response.status, 200);
  assert.match(response.headers.get("content-type")!, /^text\/event-stream/);
  const heard: { event: string; data: unknown; id?: string }[] = [];
  const ended = (async () => {
    let text = "";
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split("\n\n");
      text = blocks.pop()!;
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s)));
        if (!fields.event) continue;
        heard.push({ event: fields.event, data: JSON.parse(fields.data), id: fields.id });
      }
    }
  })().catch(() => {});
  return {
    heard,
    ended,
    async stop() {
      leaving.abort();
      await ended;
    },
  };
}

Deno.test("GET /tasks/:id/log/stream follows the log over attempts, whole characters only", () =>
  withServer(async (served) => {
    const { home, create, ask } = served;
    const id = await create("a", { assignee: "w" });
    assert.equal((await ask("/tasks/t_no/log/stream")).status, 404);
    const stream = await listen(served, `/tasks/${id}/log/stream`);
    const text = () =>
      stream.heard.filter(({ event }) => event === "log").map(({ data }) => data.text).join("");
    await until("the run is told", () => stream.heard[0]?.event === "run");
    assert.equal(stream.heard[0]!.data, null);
    const run = await claim(served, id);
    await Deno.mkdir(`${home}/kanban/logs`, { recursive: true });
    const path = `${home}/kanban/logs/${id}.log`;
    const bytes = new TextEncoder().encode("Grüße aus 東京\n");
    for (const byte of bytes) await Deno.writeFile(path, Uint8Array.of(byte), { append: true });
    await until("all is heard", () => text() === "Grüße aus 東京\n");
    await until(
      "the run is told",
      () => stream.heard.some(({ event, data }) => event === "run" && data?.id === run),
    );
    await Deno.rename(path, `${path}.1`);
    await Deno.writeTextFile(path, "anew\n");
    await until("the new file is heard", () => text().endsWith("anew\n"));
    assert.equal(stream.heard.at(-1)!.data.restarted, true);
    await stream.stop();
    const later = await listen(served, `/tasks/${id}/log/stream?tail=3`);
    await until("the end is heard", () => later.heard.find(({ event }) => event === "log"));
    assert.equal(later.heard.find(({ event }) => event === "log")!.data.text, "ew\n");
    await later.stop();
  }));

Deno.test("the transcript of a run: as a list, and followed until the run is over", () =>
  withServer(async (served) => {
    const { home, good, create, ask } = served;
    const id = await create("a", { assignee: "w" });
    const run = await claim(served, id);
    const none = await good(`/runs/${run}/transcript`);
    assert.deepEqual([none.exists, none.entries], [false, []]);
    await Deno.mkdir(`${home}/kanban/logs`, { recursive: true });
    const path = `${home}/kanban/logs/${id}.${run}.jsonl`;
    const line = (n: number) => `${JSON.stringify({ kind: "message", text: `ö${n}` })}\n`;
    await Deno.writeTextFile(path, line(1));
    const stream = await listen(served, `/runs/${run}/transcript/stream`);
    const texts = () =>
      stream.heard.filter(({ event }) => event === "entries")
        .flatMap(({ data }) => data.map(({ text }: { text: string }) => text));
    await until("the first is heard", () => texts().length === 1);
    await Deno.writeTextFile(path, line(2).slice(0, 10), { append: true });
    await Deno.writeTextFile(path, line(2).slice(10) + "{broken\n" + line(3), { append: true });
    await until("all are heard", () => texts().length === 3);
    const seen = stream.heard.filter(({ event }) => event === "entries").at(-1)!.id;
    assert.equal(seen, String((await Deno.stat(path)).size));
    await mustCommand(served.board, id, { type: "reclaim", reason: null });
    await stream.ended;
    assert.equal(stream.heard.at(-1)!.event, "end");
    assert.deepEqual(texts(), ["ö1", "ö2", "ö3"]);
    const list = await good(`/runs/${run}/transcript`);
    assert.equal(list.entries.length, 3);
    assert.equal((await ask("/runs/77/transcript")).status, 404);
    assert.equal((await ask("/runs/77/transcript/stream")).status, 404);
    assert.equal((await ask("/runs/x/transcript/stream")).status, 422);
  }));

Deno.test("GET /api/openapi.json describes every address, and all its references lead somewhere", () =>
  withServer(async ({ ask }) => {
    const { status, body } = await ask("//api/openapi.json");
    assert.equal(status, 200);
    assert.equal(body.openapi, "3.1.0");
    const base = "/api/plugins/kanban";
    const wanted: [string, string][] = [
      ["get", "/board"],
      ["get", "/tasks/{task_id}"],
      ["post", "/tasks"],
      ["patch", "/tasks/{task_id}"],
      ["post", "/tasks/bulk"],
      ["post", "/tasks/{task_id}/comments"],
      ["delete", "/links"],
      ["post", "/dispatch"],
      ["get", "/config"],
      ["get", "/events"],
      ["post", "/tasks/{task_id}/attachments"],
    ];
    for (const [method, path] of wanted) assert.ok(body.paths[base + path]?.[method], path);
    const ids = new Set<string>();
    for (const methods of Object.values(body.paths) as Record<string, { operationId: string }>[]) {
      for (const { operationId } of Object.values(methods)) {
        assert.equal(ids.has(operationId), false, operationId);
        ids.add(operationId);
      }
    }
    for (const [, ref] of JSON.stringify(body).matchAll(/"\$ref":"([^"]+)"/g)) {
      const found = ref!.slice(2).split("/").reduce((at, key) => at?.[key], body);
      assert.ok(found, ref);
    }
    const create = body.paths[`${base}/tasks`].post.requestBody.content["application/json"].schema;
    assert.deepEqual(create.required, ["title"]);
    assert.equal("created_by" in create.properties, false);
  }));

Deno.test("GET /api/docs lists every address and runs nothing", () =>
  withServer(async ({ ask }) => {
    const [page, { body }] = await Promise.all([ask("//api/docs"), ask("//api/openapi.json")]);
    assert.equal(page.headers.get("content-type"), "text/html; charset=utf-8");
    for (const path of Object.keys(body.paths)) assert.ok(page.text.includes(path), path);
    assert.doesNotMatch(page.text, /<script|style=|\son\w+=/i);
    assert.equal(
      (await ask("//api/docs.css")).headers.get("content-type"),
      "text/css; charset=utf-8",
    );
  }));

Deno.test("addresses that are not there, and methods they do not take", () =>
  withServer(async ({ ask }) => {
    assert.equal((await ask("/nothing")).status, 404);
    assert.equal((await ask("//api/nothing")).status, 404);
    const wrong = await ask("/tasks", { method: "DELETE" });
    assert.equal(wrong.status, 405);
    assert.equal(wrong.headers.get("allow"), "GET, POST");
    assert.equal((await ask("/board", { method: "POST" })).status, 405);
  }));

Deno.test("R-13 /mcp answers behind the same token", () =>
  withServer(async ({ ask }) => {
    const call = {
      body: { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} },
      headers: { accept: "application/json, text/event-stream" },
    };
    const answer = await ask("//mcp", call);
    assert.equal(answer.status, 200, answer.text);
    assert.ok(answer.body.result.tools.length >= 9);
    assert.equal((await ask("//mcp", { ...call, stranger: true })).status, 401);
  }));
