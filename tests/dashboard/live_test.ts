// Owns: the live connection against a real WebSocket server: cursor, back-off, and when it gives up.

import assert from "node:assert/strict";
import { LiveConnection, type LiveState } from "../../dashboard/api/live.ts";
import type { TaskEvent } from "../../dashboard/api/shapes.ts";
import { until } from "../harness/program.ts";

interface Served {
  url: string;
  /** `since` of every handshake so far. */
  asked: string[];
  sockets: WebSocket[];
}

/** A server that takes sockets, or closes them at once with `closeWith`. */
async function serving(
  body: (served: Served) => Promise<void>,
  closeWith?: (nth: number) => number | undefined,
): Promise<void> {
  const served: Served = { url: "", asked: [], sockets: [] };
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    served.asked.push(new URL(request.url).searchParams.get("since") ?? "");
    const code = closeWith?.(served.asked.length);
    socket.onopen = () => {
      if (code === undefined) served.sockets.push(socket);
      else socket.close(code);
    };
    return response;
  });
  served.url = `ws://127.0.0.1:${server.addr.port}`;
  try {
    await body(served);
  } finally {
    await server.shutdown();
  }
}

/** A connection whose waiting is over when the test says so. */
function connect(url: string, since = 5) {
  const planned: { ms: number; run: () => void }[] = [];
  const states: LiveState[] = [];
  const events: TaskEvent[] = [];
  let resyncs = 0;
  const connection = new LiveConnection(since, {
    url: (cursor) => `${url}/?since=${cursor}`,
    onEvents: (found) => events.push(...found),
    onResync: () => resyncs++,
    onState: (state) => states.push(state),
    later(run, ms) {
      const plan = { ms, run };
      planned.push(plan);
      return () => planned.splice(planned.indexOf(plan), 1);
    },
  });
  const pass = () => planned.shift()!.run();
  return { connection, states, events, planned, pass, resyncs: () => resyncs };
}

Deno.test("S-248 a lost connection comes back from the last cursor", async () => {
  await serving(async (served) => {
    const { connection, states, events, planned, pass } = connect(served.url);
    await until("it is open", () => served.sockets.length === 1 && states.at(-1) === "open");
    served.sockets[0]!.send(JSON.stringify({ events: [{ id: 9, task_id: "t_1" }], cursor: 9 }));
    await until("the event is heard", () => events.length === 1);
    served.sockets[0]!.close();
    await until("it is lost", () => states.at(-1) === "lost");
    assert.equal(planned[0]!.ms, 1000);
    pass();
    await until("it is open again", () => served.sockets.length === 2 && states.at(-1) === "open");
    assert.deepEqual(served.asked, ["5", "9"]);
    connection.end();
    await until("it is closed", () => served.sockets[1]!.readyState === WebSocket.CLOSED);
  });
});

Deno.test("S-248 it waits 1 s, then twice as long each time, 30 s at most", async () => {
  let url = "";
  await serving((served) => {
    url = served.url;
    return Promise.resolve();
  });
  // Nobody listens there any more.
  const { connection, planned, pass } = connect(url);
  const waits: number[] = [];
  for (let nth = 1; nth <= 7; nth++) {
    await until("it plans another try", () => planned.length === 1);
    waits.push(planned[0]!.ms);
    pass();
  }
  await until("the last try is over", () => planned.length === 1);
  connection.end();
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

Deno.test("S-234 S-248 code 1008 ends it for good, as does a board that is not there", async () => {
  for (const [code, state] of [[1008, "refused"], [4404, "gone"]] as const) {
    await serving(async (served) => {
      const { states, planned } = connect(served.url);
      await until("it gave up", () => states.at(-1) === state);
      assert.deepEqual(planned, []);
      assert.equal(served.asked.length, 1);
    }, () => code);
  }
});

Deno.test("a client that missed too much is told to read everything again", async () => {
  await serving(async (served) => {
    const { connection, resyncs, planned } = connect(served.url);
    await until("it was told", () => resyncs() === 1);
    assert.equal(planned[0]!.ms, 1000);
    connection.end();
  }, () => 4001);
});
