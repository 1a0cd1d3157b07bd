import assert from "node:assert/strict";
import { fetchUrl, serveLocal } from "../../src/platform/http_server.ts";

Deno.test("serveLocal() answers on a free port of this machine only", async () => {
  const server = serveLocal(async (request) => {
    return new Response(`${request.method} ${await request.text()}`);
  });
  assert.equal(server.url, `http://127.0.0.1:${server.port}`);
  const reply = await fetchUrl(`${server.url}/x`, { method: "POST", body: "hi" });
  assert.equal(await reply.text(), "POST hi");
  await server.stop();
  await server.stop();
  await assert.rejects(fetchUrl(server.url));
});

Deno.test("serveLocal() answers an escaped error with 500 and tells nothing of it", async () => {
  const server = serveLocal(() => {
    throw new Error("secret");
  });
  const reply = await fetchUrl(server.url);
  assert.deepEqual([reply.status, await reply.text()], [500, "Internal Server Error"]);
  await server.stop();
});

Deno.test("serveLocal() stops although a stream is open", async () => {
  let cancelled = false;
  const server = serveLocal(() =>
    new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode("tick")),
        cancel: () => {
          cancelled = true;
        },
      }),
    )
  );
  const reader = (await fetchUrl(server.url)).body!.getReader();
  assert.equal(new TextDecoder().decode((await reader.read()).value), "tick");
  await server.stop();
  await assert.rejects(reader.read());
  assert.equal(cancelled, true);
});

Deno.test("serveLocal() stops although a web socket is open", async () => {
  let closed: (() => void) | undefined;
  const serverClosed = new Promise<void>((resolve) => closed = resolve);
  const server = serveLocal((request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onclose = () => closed?.();
    return response;
  });
  const client = new WebSocket(server.url.replace("http", "ws"));
  const clientClosed = new Promise((resolve) => client.onclose = resolve);
  client.onerror = (event) => event.preventDefault();
  await new Promise((resolve) => client.onopen = resolve);
  await server.stop();
  client.close();
  await Promise.all([clientClosed, serverClosed]);
});

Deno.test("serveLocal() names an address that is taken", async () => {
  const server = serveLocal(() => new Response());
  assert.throws(() => serveLocal(() => new Response(), { port: server.port }), {
    code: "unavailable",
    message: `Cannot listen on "127.0.0.1:${server.port}": the port is in use`,
  });
  await server.stop();
});
