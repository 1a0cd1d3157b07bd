// Owns: proof of the live events: what a socket is sent, in which order, and when it is closed.

import assert from "node:assert/strict";
import { createTask } from "../../src/kernel/create.ts";
import { addComment } from "../../src/kernel/comments.ts";
import { until } from "../harness/program.ts";
import { type EventSocket, token, withServer } from "./served.ts";

const ids = ({ frames }: EventSocket): number[] =>
  frames.flatMap(({ events }) => events.map(({ id }: { id: number }) => id));

Deno.test("S-233 WS /events: what happened since, then what happens, with a cursor", () =>
  withServer(async ({ create, socket, good }) => {
    const id = await create("First");
    const live = await socket(`since=0&token=${token}`);
    await until("the past is told", () => live.frames.length === 1);
    const [frame] = live.frames;
    assert.deepEqual(Object.keys(frame).sort(), ["cursor", "events"]);
    const [event] = frame.events;
    assert.deepEqual(Object.keys(event).sort(), [
      "created_at",
      "id",
      "kind",
      "payload",
      "run_id",
      "task_id",
    ]);
    assert.deepEqual([event.task_id, event.kind, frame.cursor], [id, "created", event.id]);
    await good(`/tasks/${id}/comments`, { body: { body: "Hello" } });
    const heard = await until("the comment is told", () => live.frames[1]);
    assert.equal(heard.events[0].kind, "commented");
    assert.equal(heard.cursor, 2);
  }));

Deno.test("S-233 a bad since is 0; a later one leaves out the past; frames have 200 events at most", () =>
  withServer(async ({ board, socket }) => {
    const { task } = await createTask(board, { title: "Busy" });
    for (let n = 0; n < 450; n++) await addComment(board, task.id, "a", `comment ${n}`);
    const latest = 451;
    for (const since of ["x", "-3", "1e3", "", "99999999999999999999", "0x10"]) {
      const live = await socket(`since=${since}&token=${token}`);
      await until(`all is told for "${since}"`, () => ids(live).length === latest);
      assert.deepEqual(ids(live), Array.from({ length: latest }, (_, at) => at + 1));
      assert.ok(live.frames.every(({ events }) => events.length <= 200));
      await live.close();
    }
    const late = await socket(`since=440&token=${token}`);
    await until("the rest is told", () => ids(late).length === 11);
    assert.equal(ids(late)[0], 441);
    // A client that knows more than there is has seen another board.
    const beyond = await socket(`since=5000&token=${token}`);
    assert.equal((await beyond.closed).code, 4001);
  }));

Deno.test("S-233 commits of another process are told to every tab in order, without gaps", () =>
  withServer(async ({ board, socket }) => {
    const tabs = await Promise.all(
      Array.from({ length: 20 }, () => socket(`since=0&token=${token}`)),
    );
    const { task } = await createTask(board, { title: "Busy" });
    for (let n = 0; n < 100; n++) await addComment(board, task.id, "a", `comment ${n}`);
    const late = await socket(`since=50&token=${token}`);
    await until("all tabs know all", () => tabs.every((tab) => ids(tab).length === 101));
    for (const tab of tabs) assert.deepEqual(ids(tab), ids(tabs[0]!));
    await until("the late one too", () => ids(late).length === 51);
  }));

Deno.test("S-234 a missing or wrong token closes the socket with 1008", () =>
  withServer(async ({ socket }) => {
    for (const query of ["", "since=0", "token=", "token=wrong", `token=${token}x`]) {
      const refused = await socket(query);
      assert.equal((await refused.closed).code, 1008, query);
      assert.deepEqual(refused.frames, []);
    }
  }));

Deno.test("U-006 a socket is pinned to its board; an unknown board is no handshake", () =>
  withServer(async ({ good, create, socket }) => {
    await good("/boards", { body: { slug: "site" } });
    const live = await socket(`since=0&token=${token}&board=site`);
    await create("Elsewhere");
    await good("/tasks?board=site", { body: { title: "Here" } });
    await until("its own is told", () => ids(live).length === 1);
    const { task } = await good("/tasks?board=site", { body: { title: "Here too" } });
    const heard = await until("and the next", () => live.frames[1]);
    assert.equal(heard.events[0].task_id, task.id);
    for (const board of ["nowhere", "..%2Fx"]) {
      await assert.rejects(socket(`token=${token}&board=${board}`));
    }
  }));

Deno.test("a socket of a board that is removed is told to begin anew", () =>
  withServer(async ({ good, ask, socket }) => {
    await good("/boards", { body: { slug: "site" } });
    const live = await socket(`token=${token}&board=site`);
    await good("/stats?board=site");
    await good("/boards/site?delete=true", { method: "DELETE" });
    assert.equal((await ask("/stats?board=site")).status, 404);
    assert.equal((await live.closed).code, 4001);
  }));

Deno.test("stopping the server ends sockets and streams at once", () =>
  withServer(async ({ create, socket, url, dashboard }) => {
    const id = await create("Stays");
    const live = await socket(`token=${token}`);
    const response = await fetch(`${url}/api/plugins/kanban/tasks/${id}/log/stream`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const read = response.text().catch(() => "cut");
    const started = performance.now();
    await dashboard.stop();
    assert.ok(performance.now() - started < 1500);
    assert.equal((await live.closed).code, 4001);
    await read;
  }));
