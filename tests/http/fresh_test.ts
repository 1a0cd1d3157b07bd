// Owns: proof that a quiet board costs nothing: tags, 304 and changes alone.

import assert from "node:assert/strict";
import { addComment } from "../../src/kernel/comments.ts";
import { until } from "../harness/program.ts";
import { seedTasks } from "../../scripts/bench/seed.ts";
import { token, withServer } from "./served.ts";

const paths = ["/board", "/stats", "/tasks", "/graph", "/feed", "/workers/active", "/undo"];

Deno.test("GET is 304 while nothing changes, and never after a change by any process", () =>
  withServer(async ({ ask, create, board }) => {
    const id = await create("First");
    for (const path of [...paths, `/tasks/${id}`, `/tasks/${id}/attachments`]) {
      let tag = "";
      // The commit before it may be noticed a moment later than its event is read.
      const second = await until(`${path} is quiet`, async () => {
        const again = await ask(path, { headers: { "if-none-match": tag } });
        tag = again.headers.get("etag")!;
        return again.status === 304 && again;
      });
      assert.equal(second.text, "");
      const headers = { "if-none-match": tag };
      await addComment(board, id, "other", `about ${path}`);
      assert.equal((await ask(path, { headers })).status, 200, path);
    }
  }));

Deno.test("GET is not 304 after an edit of the configuration, or of another board", () =>
  withServer(async ({ ask, good, home }) => {
    const tag = (await ask("/stats")).headers.get("etag")!;
    await good("/boards", { body: { slug: "site" } });
    assert.equal(
      (await ask("/stats?board=site", { headers: { "if-none-match": tag } })).status,
      200,
    );
    await Deno.writeTextFile(`${home}/config.yaml`, "kanban:\n  failure_limit: 7\n");
    assert.equal((await ask("/stats", { headers: { "if-none-match": tag } })).status, 200);
  }));

Deno.test("GET is not 304 after a change that wrote no event", () =>
  withServer(async ({ ask, create, board }) => {
    const id = await create("First");
    const tag = (await ask("/board")).headers.get("etag")!;
    await board.engine.write((tx) =>
      tx.run("UPDATE tasks SET workspace_path = '/x' WHERE id = ?", [id])
    );
    await until(
      "the change is noticed",
      async () => (await ask("/board", { headers: { "if-none-match": tag } })).status === 200,
    );
  }));

Deno.test("a kept answer is that of its own question", () =>
  withServer(async ({ good, create }) => {
    await create("One", { tenant: "a" });
    await create("Two", { tenant: "b" });
    const count = async (query: string) => (await good(`/tasks${query}`)).tasks.length;
    assert.deepEqual(
      [
        await count("?tenant=a"),
        await count(""),
        await count("?tenant=b"),
        await count("?limit=1"),
      ],
      [1, 2, 1, 1],
    );
  }));

Deno.test("GET /board/changes: the changed cards and their neighbours alone, as they are now", () =>
  withServer(async ({ good, create }) => {
    const parent = await create("Parent", { assignee: "w" });
    const child = await create("Child", { parents: [parent] });
    await create("Bystander");
    const { latest_event_id: since } = await good("/board");
    const quiet = await good(`/board/changes?since=${since}`);
    assert.deepEqual([quiet.cards, quiet.gone, quiet.reset], [[], [], false]);
    await good(`/tasks/${parent}`, { method: "PATCH", body: { status: "done" } });
    const changed = await good(`/board/changes?since=${since}`);
    const whole = await good("/board");
    const cards = whole.columns.flatMap(({ tasks }: { tasks: { id: string }[] }) => tasks)
      .filter(({ id }: { id: string }) => [parent, child].includes(id));
    const byId = (list: { id: string }[]) => list.toSorted((a, b) => a.id < b.id ? -1 : 1);
    assert.deepEqual(byId(changed.cards), byId(cards));
    assert.deepEqual(changed.counts, { done: 1, ready: 2 });
    assert.equal((await good(`/board/changes?since=${since}&limit=1`)).reset, true);
    assert.equal((await good(`/board/changes?since=999999`)).reset, true);
  }));

Deno.test("a large answer is packed for clients that unpack it, and for no other", () =>
  withServer(async ({ good, board, url }) => {
    await seedTasks(board, { first: 1, count: 500, status: "todo", assignee: "w" });
    const path = `${url}/api/plugins/kanban/board`;
    const authorization = `Bearer ${token}`;
    const whole = await good("/board");
    for (const encoding of ["gzip, br", "identity"]) {
      const headers = { authorization, "accept-encoding": encoding };
      const response = await fetch(path, { headers });
      assert.equal(response.headers.get("vary"), "accept-encoding");
      assert.deepEqual((await response.json()).columns[1].count, whole.columns[1].count);
    }
    const connection = await Deno.connect({
      hostname: "127.0.0.1",
      port: Number(new URL(url).port),
    });
    const request = `GET /api/plugins/kanban/board HTTP/1.1\r\nHost: ${new URL(url).host}\r\n` +
      `Authorization: ${authorization}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n`;
    await connection.write(new TextEncoder().encode(request));
    const bytes = new Uint8Array(await new Response(connection.readable).arrayBuffer());
    const head = new TextDecoder("latin1").decode(bytes.subarray(0, 4000));
    assert.match(head, /content-encoding: gzip/i);
    assert.ok(bytes.length < JSON.stringify(whole).length / 5, `${bytes.length} bytes`);
  }));
