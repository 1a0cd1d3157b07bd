// Owns: proof of `hermes dashboard` and of the dashboard in the gateway, as processes.

import assert from "node:assert/strict";
import { inWorld, type Running, until } from "../harness/program.ts";

/** Waits for the address a program prints. */
function addressOf(process: Running): Promise<URL> {
  return until("the address is printed", () => {
    const found = /http:\/\/127\.0\.0\.1:\d+\S*/.exec(process.output());
    return found && new URL(found[0]);
  });
}

async function end(process: Running): Promise<void> {
  process.signal("SIGTERM");
  assert.equal((await process.ended).code, 0);
}

const exists = (path: string) => Deno.stat(path).then(() => true, () => false);

Deno.test("S-235 hermes dashboard serves the board, tells where it is, and ends when told", () =>
  inWorld(async ({ start, home, json }) => {
    const process = start(["dashboard", "--port", "0", "--no-open"]);
    const address = await addressOf(process);
    const token = address.searchParams.get("token")!;
    assert.match(token, /^[0-9a-f]{64}$/);
    await json(["kanban", "create", "Seen by both"]);
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${address.origin}/api/plugins/kanban/stats`, { headers });
    assert.deepEqual((await answer.json()).by_status, { ready: 1 });
    const record = `${home}/run/dashboard-${address.port}.json`;
    assert.equal(JSON.parse(await Deno.readTextFile(record)).token, token);
    await end(process);
    assert.equal(await exists(record), false);
    assert.equal(process.errors(), "");
  }));

Deno.test("a second hermes dashboard of the same home leads to the first; of another it is refused", () =>
  inWorld(async (world) => {
    const first = world.start(["dashboard", "--port", "0", "--no-open"]);
    const address = await addressOf(first);
    const words = ["dashboard", "--no-open", "--port", address.port];
    const second = await world.ok(words);
    assert.match(second.stdout, /served already/);
    assert.ok(second.stdout.includes(address.href));
    const other = await world.run(words, { env: { HERMES_HOME: `${world.home}-other` } });
    assert.equal(other.code, 1);
    assert.match(other.stderr, /the port is in use/);
    assert.match(other.stderr, /hermes dashboard --port 0/);
    await end(first);
  }));

Deno.test("hermes gateway start serves the dashboard, and prints no token where it may be kept", () =>
  inWorld(async ({ start, home }) => {
    const gateway = start(["gateway", "start"]);
    const address = await addressOf(gateway);
    assert.equal(address.search, "");
    const record = `${home}/run/dashboard-${address.port}.json`;
    const { token } = JSON.parse(await Deno.readTextFile(record));
    assert.equal(gateway.output().includes(token), false);
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${address.origin}/api/plugins/kanban/board`, { headers });
    assert.equal((await answer.json()).columns.length, 6);
    await end(gateway);
    assert.equal(await exists(record), false);
  }));

Deno.test("the gateway goes without the dashboard when told, configured, or when the port is taken", () =>
  inWorld(async ({ start, home }) => {
    const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const port = String(taken.addr.port);
    const runs = async (words: string[], said: RegExp) => {
      const gateway = start(["gateway", "start", ...words]);
      await until("the gateway runs", () => gateway.output().includes("Ctrl-C"));
      await until("it says why", () => said.test(gateway.errors() + gateway.output()));
      assert.doesNotMatch(gateway.output(), /Dashboard: http/);
      await end(gateway);
    };
    try {
      await runs(["--port", port], /the port is in use.*The gateway goes on without the dashboard/);
      await runs(["--no-dashboard"], /Ctrl-C/);
      await Deno.writeTextFile(`${home}/config.yaml`, "dashboard:\n  enabled: false\n");
      await runs([], /Ctrl-C/);
    } finally {
      taken.close();
    }
  }));

Deno.test("S-252 binding to every address says what that means; a short token is told", () =>
  inWorld(async ({ start, run }) => {
    const process = start(["dashboard", "--port", "0", "--no-open", "--host", "0.0.0.0"], {
      env: { HERMES_DASHBOARD_TOKEN: "guess-me" },
    });
    await until("it is served", () => process.output().includes("Ctrl-C"));
    const port = /0\.0\.0\.0:(\d+)/.exec(process.output())![1];
    assert.match(process.errors(), /bound to 0\.0\.0\.0: everybody who can reach this machine/);
    assert.match(process.errors(), /HERMES_DASHBOARD_TOKEN has 8 characters/);
    const headers = { authorization: "Bearer guess-me" };
    const ask = (host: string) =>
      fetch(`http://${host}:${port}/api/health`, { headers }).then(async (response) => {
        await response.body?.cancel();
        return response.status;
      });
    assert.equal(await ask("127.0.0.1"), 200);
    await end(process);
    for (const bad of ["x", "-1", "65536", "80.5"]) {
      const refused = await run(["dashboard", "--no-open", `--port=${bad}`]);
      assert.equal(refused.code, 2, bad);
      assert.match(refused.stderr, /Cannot use port/);
    }
    const unknown = await run(["dashboard", "--no-open", "--port", "0", "--board", "nowhere"]);
    assert.equal(unknown.code, 1);
  }));
