// Owns: the attacker: pages of other sites, machines of the network, names and texts that were made to harm.

import assert from "node:assert/strict";
import { until } from "../harness/program.ts";
import { type Served, token, withServer } from "./served.ts";

const base = "/api/plugins/kanban";

/** Sends bytes as they are and returns the whole answer: no client library corrects them. */
async function raw({ port }: Served, text: string | Uint8Array): Promise<string> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  try {
    await connection.write(typeof text === "string" ? new TextEncoder().encode(text) : text);
    let answer = "";
    const chunk = new Uint8Array(16 * 1024);
    const decoder = new TextDecoder();
    for (;;) {
      const count = await connection.read(chunk).catch(() => null);
      if (count === null) return answer;
      answer += decoder.decode(chunk.subarray(0, count), { stream: true });
    }
  } finally {
    connection.close();
  }
}

interface Forged {
  method?: string;
  path: string;
  host?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** The status of a request whose every header is ours. */
async function forge(served: Served, forged: Forged): Promise<{ status: number; text: string }> {
  const { method = "GET", path, host = `127.0.0.1:${served.port}`, headers = {}, body } = forged;
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${host}`,
    "Connection: close",
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : [`Content-Length: ${new TextEncoder().encode(body).length}`]),
  ];
  const text = await raw(served, `${lines.join("\r\n")}\r\n\r\n${body ?? ""}`);
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]), text };
}

const cookieOf = ({ port }: Served) => `hermes_session_${port}=${token}`;
const bearer = { authorization: `Bearer ${token}` };
const json = { "content-type": "application/json" };
const socketHeaders = {
  Upgrade: "websocket",
  "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
  "Sec-WebSocket-Version": "13",
};

Deno.test("R-03 no address answers without the token, or with another one", () =>
  withServer(async (served) => {
    const { ask } = served;
    const paths = Object.keys((await ask("//api/openapi.json")).body.paths);
    assert.ok(paths.length > 40);
    const all = [
      ...paths,
      "/",
      "/index.html",
      "/task/t_1",
      "/mcp",
      "/api/docs",
      "/api/openapi.json",
    ];
    for (const path of all.map((it) => it.replace(/\{\w+\}/g, "x"))) {
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]) {
        const none = await forge(served, { method, path });
        assert.equal(none.status, 401, `${method} ${path}`);
      }
    }
    for (
      const value of [
        "Bearer wrong",
        "Bearer ",
        token,
        `Basic ${btoa(`x:${token}`)}`,
        `Bearer ${token}x`,
      ]
    ) {
      assert.equal(
        (await forge(served, { path: `${base}/stats`, headers: { authorization: value } })).status,
        401,
      );
    }
    const query = await forge(served, { path: `${base}/stats?token=${token}` });
    assert.equal(
      query.status,
      401,
      "an address ends up in histories: the API takes no token from it",
    );
  }));

Deno.test("R-03 a request for a socket is no way around the token", () =>
  withServer(async (served) => {
    const headers = { ...socketHeaders, Connection: "Upgrade" };
    for (const path of [`${base}/board`, `${base}/stats`, "/mcp", "/", `${base}/events/../board`]) {
      assert.equal((await forge(served, { path, headers })).status, 401, path);
    }
  }));

Deno.test("R-03 rebinding: another Host is refused, whatever it shows", () =>
  withServer(async (served) => {
    const { port } = served;
    const cookie = { cookie: cookieOf(served), ...bearer };
    const strangers = [
      "evil.example",
      `evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      `localhost.evil.example:${port}`,
      `127.0.0.1:${port + 1}`,
      "127.0.0.1",
      `127.0.0.1:${port}@evil.example`,
      `192.168.1.5:${port}`,
      `[::2]:${port}`,
      "",
    ];
    for (const host of strangers) {
      for (const path of [`${base}/board`, "/", `/?token=${token}`]) {
        const { status, text } = await forge(served, { path, host, headers: cookie });
        assert.ok(status === 403 || status === 400, `${host} ${path}: ${status}`);
        assert.doesNotMatch(text, /columns|set-cookie/i, host);
      }
    }
    for (
      const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]
    ) {
      assert.equal(
        (await forge(served, { path: `${base}/stats`, host, headers: cookie })).status,
        200,
        host,
      );
    }
    assert.equal(
      (await forge(served, { path: `http://evil.example:${port}${base}/stats`, headers: cookie }))
        .status,
      200,
    );
  }));

Deno.test("R-03 a page of another site can send nothing: forms, fetch, images", () =>
  withServer(async (served) => {
    const { port, good } = served;
    const cookie = { cookie: cookieOf(served) };
    const foreign: Record<string, string>[] = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: `http://127.0.0.1:${port + 1}` },
      { origin: `https://127.0.0.1:${port}` },
      { origin: `http://localhost:${port}` },
      { origin: `http://127.0.0.1:${port}.evil.example` },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ];
    const forms = [
      { type: "application/x-www-form-urlencoded", body: "title=stolen" },
      { type: "text/plain", body: '{"title":"stolen"}' },
      { type: "multipart/form-data; boundary=x", body: "--x--" },
      { type: "application/json", body: '{"title":"stolen"}' },
    ];
    for (const from of foreign) {
      for (const { type, body } of forms) {
        const headers = { ...cookie, ...from, "content-type": type };
        const sent = await forge(served, { method: "POST", path: `${base}/tasks`, headers, body });
        assert.equal(sent.status, 403, JSON.stringify([from, type]));
      }
      const read = await forge(served, { path: `${base}/board`, headers: { ...cookie, ...from } });
      assert.equal(read.status, 403, JSON.stringify(from));
      assert.doesNotMatch(read.text, /access-control-allow/i);
      const asked = await forge(served, {
        method: "OPTIONS",
        path: `${base}/tasks`,
        headers: { ...from, "access-control-request-method": "POST" },
      });
      assert.equal(asked.status, 403);
      assert.doesNotMatch(asked.text, /access-control-allow/i);
    }
    // Even a page of this server says JSON when it sends some.
    for (const { type, body } of forms.slice(0, 3)) {
      const headers = { ...cookie, origin: `http://127.0.0.1:${port}`, "content-type": type };
      assert.equal(
        (await forge(served, { method: "POST", path: `${base}/tasks`, headers, body })).status,
        400,
      );
    }
    assert.equal((await good("/tasks")).total, 0);
    const own = {
      ...cookie,
      ...json,
      origin: `http://127.0.0.1:${port}`,
      "sec-fetch-site": "same-origin",
    };
    const sent = { method: "POST", path: `${base}/tasks`, headers: own, body: '{"title":"mine"}' };
    assert.equal((await forge(served, sent)).status, 200);
  }));

Deno.test("S-252 R-03 sockets: a foreign page gets no handshake, whatever it shows", () =>
  withServer(async (served) => {
    const { port } = served;
    const path = `${base}/events?since=0&token=${token}`;
    const open = (headers: Record<string, string>, host?: string) =>
      forge(served, {
        path,
        host,
        headers: { ...socketHeaders, ...headers, Connection: "Upgrade, close" },
      });
    for (const origin of ["https://evil.example", "null", `http://localhost:${port}`]) {
      assert.equal((await open({ origin, cookie: cookieOf(served) })).status, 403, origin);
    }
    assert.equal((await open({}, `evil.example:${port}`)).status, 403);
  }));

Deno.test("R-03 the browser is let in by the address once and gets a cookie no script reads", () =>
  withServer(async (served) => {
    const { ask, dashboard, port } = served;
    const stranger = { stranger: true };
    const let_in = await ask(`//task/t_1?x=1&token=${token}`, stranger);
    assert.equal(let_in.status, 303);
    assert.equal(let_in.headers.get("location"), "/task/t_1?x=1");
    const cookie = let_in.headers.get("set-cookie")!;
    assert.match(cookie, /^hermes_session_\d+=\S+; Path=\/; HttpOnly; SameSite=Strict$/);
    const headers = { cookie: cookie.split(";")[0]! };
    assert.equal((await ask("/stats", { stranger: true, headers })).status, 200);
    const once = new URL(dashboard.onceUrl());
    assert.equal(once.search.includes(token), false);
    const path = `/${once.pathname}${once.search}`;
    assert.equal((await ask(path, stranger)).status, 303);
    assert.equal((await ask(path, stranger)).status, 401, "the word is used up");
    const away = await ask(`////evil.example/?token=${token}`, stranger);
    assert.equal(away.headers.get("location"), "/evil.example/");
    assert.equal(
      (await forge(served, { path: `/?token=${token}`, host: `evil.example:${port}` })).status,
      403,
    );
  }));

Deno.test("R-03 trying tokens is slowed down; the owner is never locked out", () =>
  withServer(async (served) => {
    const { ask } = served;
    const statuses: number[] = [];
    for (let n = 0; n < 40; n++) {
      const headers = { authorization: `Bearer guess${n}` };
      statuses.push((await ask("/stats", { stranger: true, headers })).status);
    }
    assert.equal(statuses[0], 401);
    assert.equal(statuses.at(-1), 429);
    const refused = await ask("//?token=guess", { stranger: true });
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.headers.get("retry-after")) > 0);
    assert.equal((await ask("/stats")).status, 200);
    assert.equal((await ask("/stats", { stranger: true })).status, 401, "no token is no guess");
  }));

Deno.test("every answer keeps to itself: policy, frames, types, caches", () =>
  withServer(async (served) => {
    const { ask, create } = served;
    const id = await create("x");
    const answers = [
      await ask("/board"),
      await ask("/nothing"),
      await ask("/board", { stranger: true }),
      await ask("//api/docs"),
      await ask("//"),
      await ask(`/tasks/${id}`, { method: "PATCH", body: [] }),
    ];
    for (const { headers } of answers) {
      const policy = headers.get("content-security-policy")!;
      assert.match(policy, /default-src 'none'/);
      assert.match(policy, /script-src 'self'(;|$)/);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.doesNotMatch(policy, /unsafe|\*|https:/);
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.equal(headers.get("x-frame-options"), "DENY");
      assert.equal(headers.get("referrer-policy"), "no-referrer");
      assert.equal(headers.get("cross-origin-opener-policy"), "same-origin");
      assert.equal(headers.get("cross-origin-resource-policy"), "same-origin");
      assert.ok(headers.get("cache-control"));
      assert.equal(headers.get("access-control-allow-origin"), null);
    }
  }));

Deno.test("path traversal in board, task, run, attachment and file names leads nowhere", () =>
  withServer(async (served) => {
    const { ask, home } = served;
    await Deno.mkdir(`${home}/kanban/logs`, { recursive: true });
    await Deno.writeTextFile(`${home}/secret.log`, "secret");
    await Deno.writeTextFile(`${home}/secret.1.jsonl`, '{"secret":1}');
    const names = [
      "..%2f..%2fsecret",
      "%2e%2e%2f%2e%2e%2fsecret",
      "..%5c..%5csecret",
      "....%2f%2fsecret",
      encodeURIComponent(`${home}/secret`),
      "%00",
      "secret%00.log",
      "..;%2fsecret",
    ];
    for (const name of names) {
      const paths = [
        `${base}/tasks/${name}`,
        `${base}/tasks/${name}/log`,
        `${base}/tasks/${name}/log/stream`,
        `${base}/tasks/${name}/attachments`,
        `${base}/runs/${name}/transcript`,
        `${base}/attachments/${name}`,
        `${base}/stats?board=${name}`,
        `${base}/boards/${name}/switch`,
        `/${name}`,
        `/assets/${name}`,
      ];
      for (const path of paths) {
        const method = path.endsWith("/switch") ? "POST" : "GET";
        const { status, text } = await forge(served, { method, path, headers: bearer });
        assert.ok(status >= 400 && status < 500, `${path}: ${status} ${text}`);
        assert.doesNotMatch(text, /\{"secret"|\nsecret/);
      }
    }
    for (
      const path of ["/../../etc/passwd", "/assets/../../../etc/passwd", "/..%2f..%2fetc%2fpasswd"]
    ) {
      const { text } = await forge(served, { path, headers: bearer });
      assert.doesNotMatch(text, /root:/);
    }
    assert.equal((await ask("/boards", { body: { slug: "../../x" } })).status, 400);
  }));

Deno.test("ids that another program wrote into the board's file lead to no file outside of it", () =>
  withServer(async (served) => {
    const { ask, home, board } = served;
    await Deno.writeTextFile(`${home}/secret.log`, "secret");
    await Deno.writeTextFile(`${home}/secret.7.jsonl`, '{"kind":"secret"}\n');
    await board.engine.write(async (tx) => {
      await tx.run(
        "INSERT INTO tasks (id, title, status, created_at) VALUES (?, 'x', 'ready', 1)",
        [
          "../../secret",
        ],
      );
      await tx.run(
        "INSERT INTO task_runs (id, task_id, status, started_at) VALUES (7, '../../secret', 'running', 1)",
      );
      await tx.run(
        `INSERT INTO task_attachments (id, task_id, filename, stored_path, size, created_at)
         VALUES (5, '../../secret', 'x', ?, 6, 1)`,
        [`${home}/secret.log`],
      );
    });
    const id = encodeURIComponent("../../secret");
    for (
      const path of [
        `/tasks/${id}/log`,
        `/tasks/${id}/log/stream`,
        "/runs/7/transcript",
        "/runs/7/transcript/stream",
        "/attachments/5",
      ]
    ) {
      const { status, text } = await forge(served, { path: base + path, headers: bearer });
      assert.doesNotMatch(text, /"kind":"secret"|"content":"secret"|\r\n\r\nsecret/, path);
      assert.ok(status === 404 || status === 400, `${path}: ${status}`);
    }
    assert.equal((await ask("/attachments/5", { method: "DELETE" })).body.file_removed, false);
    assert.equal(await Deno.readTextFile(`${home}/secret.log`), "secret");
  }));

Deno.test("an attachment that became a link to somewhere else is not handed out", () =>
  withServer(async ({ good, ask, create, home }) => {
    await Deno.writeTextFile(`${home}/secret`, "secret");
    const id = await create("a");
    const form = new FormData();
    form.append("file", new File(["harmless"], "a.txt"));
    const { attachment } = await good(`/tasks/${id}/attachments`, { raw: form });
    await Deno.remove(attachment.stored_path);
    await Deno.symlink(`${home}/secret`, attachment.stored_path);
    const answer = await ask(`/attachments/${attachment.id}`);
    assert.equal(answer.status, 404);
    assert.doesNotMatch(answer.text, /^secret/);
  }));

Deno.test("file names cannot add headers or end the one they are in", () =>
  withServer(async ({ good, ask, create }) => {
    const id = await create("a");
    const names = [
      'a"; x=y.txt',
      "a\r\nSet-Cookie: x=y.txt",
      "a\nb.txt",
      "a;b=c.txt",
      "\u202egnp.exe",
      "%0d%0aX: y",
      "ä\ud83d.txt",
    ];
    for (const name of names) {
      const form = new FormData();
      form.append("file", new File(["x"], name));
      const { attachment } = await good(`/tasks/${id}/attachments`, { raw: form });
      const { headers, status } = await ask(`/attachments/${attachment.id}`);
      assert.equal(status, 200);
      assert.equal(headers.get("set-cookie"), null);
      assert.equal(headers.get("x"), null);
      assert.match(
        headers.get("content-disposition")!,
        /^attachment; filename="[^"\\\r\n]*"; filename\*=UTF-8''[\w.%~!*-]*$/,
      );
    }
  }));

Deno.test("a body of more than 2 MB is refused with 413, told its size or not", () =>
  withServer(async (served) => {
    const { ask, create } = served;
    const id = await create("a");
    const body = { body: "x".repeat(2 * 1024 * 1024) };
    assert.equal((await ask(`/tasks/${id}/comments`, { body })).status, 413);
    const chunked = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new Uint8Array(256 * 1024).fill(0x20));
      },
    });
    const answer = await ask("/tasks", { method: "POST", raw: chunked, headers: json });
    assert.equal(answer.status, 413);
    const fits = { body: "x".repeat(2 * 1024 * 1024 - 100) };
    assert.equal((await ask(`/tasks/${id}/comments`, { body: fits })).status, 200);
  }));

Deno.test("texts that are scripts come back as JSON and nothing else, in every field", () =>
  withServer(async (served) => {
    const { ask, good, create } = served;
    const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>javascript:alert(1)`;
    const id = await create(evil, { body: evil, tenant: evil, assignee: evil, skills: [evil] });
    await good(`/tasks/${id}/comments`, { body: { body: evil, author: evil } });
    await good(`/tasks/${id}`, {
      method: "PATCH",
      body: { status: "done", summary: evil, result: evil, metadata: { [evil]: evil } },
    });
    await good("/boards", { body: { slug: "x", name: evil, description: evil, icon: evil } });
    for (
      const path of [
        "/board",
        `/tasks/${id}`,
        "/tasks",
        "/feed",
        "/runs",
        "/boards",
        "/stats",
        "/assignees",
        "/undo",
        "/graph",
        `/tasks/${encodeURIComponent(evil)}`,
        `/stats?board=${encodeURIComponent(evil)}`,
      ]
    ) {
      const { headers, text } = await ask(path);
      assert.equal(headers.get("content-type"), "application/json; charset=utf-8", path);
      JSON.parse(text);
    }
    const page = await ask(`//${encodeURIComponent(evil)}`);
    assert.match(page.headers.get("content-type")!, /^application\/json/);
  }));

Deno.test("the token is in no log and no answer but the cookie; its file is the owner's alone", () =>
  withServer(async (served) => {
    const { ask, home, port, good } = served;
    for (
      const path of ["/board", "/config", "/boards", "//api/health", "//api/openapi.json", "//"]
    ) {
      assert.equal((await ask(path)).text.includes(token), false, path);
    }
    await ask("//nothing?token=wrong", { stranger: true });
    const file = `${home}/run/dashboard-${port}.json`;
    assert.equal((await Deno.stat(file)).mode! & 0o777, 0o600);
    assert.equal((await Deno.stat(`${home}/run`)).mode! & 0o777, 0o700);
    assert.ok(await good("/stats"));
  }));

Deno.test("broken requests: the server goes on", () =>
  withServer(async (served) => {
    const { ask, port } = served;
    const host =
      `Host: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n`;
    const requests = [
      "\0\0\0\0\r\n\r\n",
      "GET\r\n\r\n",
      `GET ${base}/board%ff%fe HTTP/1.1\r\n${host}\r\n`,
      `GET ${base}/tasks/%E0%A4%A HTTP/1.1\r\n${host}\r\n`,
      `GET /%c0%af HTTP/1.1\r\n${host}\r\n`,
      `POST ${base}/tasks HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 5\r\n\r\n{"\xff\xfe`,
      `POST ${base}/tasks HTTP/1.1\r\n${host}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      `GET ${base}/board HTTP/1.1\r\n${host}Cookie: hermes_session_${port}=%E0%A4%A; a=b=c;;;\r\n\r\n`,
      `GET ${base}/events HTTP/1.1\r\n${host}Upgrade: websocket\r\n\r\n`,
    ];
    for (const request of requests) {
      const answer = await raw(served, request);
      const status = Number(/^HTTP\/1\.\d (\d+)/.exec(answer)?.[1] ?? 400);
      assert.ok(status < 500, `${JSON.stringify(request)}: ${answer}`);
    }
    assert.equal((await ask("/stats")).status, 200);
  }));

Deno.test("S-252 a slow client holds up nobody and costs little", () =>
  withServer(async (served) => {
    const { port, create, good, socket } = served;
    const id = await create("Busy");
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    try {
      const lines = [
        `GET ${base}/events?since=0&token=${token} HTTP/1.1`,
        `Host: 127.0.0.1:${port}`,
        "Connection: Upgrade",
        ...Object.entries(socketHeaders).map(([name, value]) => `${name}: ${value}`),
      ];
      await connection.write(new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n`));
      const live = await socket(`since=0&token=${token}`);
      const note = "x".repeat(60_000);
      for (let n = 0; n < 60; n++) {
        await good(`/tasks/${id}`, {
          method: "PATCH",
          body: { status: "blocked", block_reason: note },
        });
        await good(`/tasks/${id}`, { method: "PATCH", body: { status: "ready" } });
      }
      await until("the other one knows all", () => live.frames.at(-1)?.cursor >= 121);
    } finally {
      connection.close();
    }
  }));
