// Owns: the proof that the demo keeps to its own home, and keeps its gateway running or says why not.

import assert from "node:assert/strict";
import { join } from "node:path";
import { GatewayProcess } from "../../src/app/demo/gateway_process.ts";
import { createDemoHome, demoEnvironment, removeDemoHome } from "../../src/app/demo/home.ts";
import type { HermesError } from "../../src/base/errors.ts";
import { findMarked } from "../../src/platform/kill_tree.ts";
import { listProfiles } from "../../src/profiles/roster.ts";
import { until } from "../harness/program.ts";

Deno.test("demoEnvironment() leaves nothing in that leads out of the demo's home, and no proxy in the way", () => {
  const env = demoEnvironment({
    PATH: "/bin",
    HOME: "/user",
    HERMES_HOME: "/user/.hermes",
    HERMES_KANBAN_DB: "/user/other.db",
    HERMES_MODEL_BASE_URL: "https://paid.example",
    HERMES_BIN: "/bin/hermes",
    no_proxy: "a.example",
  }, "/tmp/demo");
  assert.deepEqual(env, {
    PATH: "/bin",
    HOME: "/user",
    HERMES_HOME: "/tmp/demo",
    HERMES_BIN: "/bin/hermes",
    no_proxy: "a.example,127.0.0.1",
    NO_PROXY: "a.example,127.0.0.1",
  });
});

Deno.test("createDemoHome() makes a described team of six and a configuration; removeDemoHome() takes all", async () => {
  const home = await createDemoHome("http://127.0.0.1:1/v1", { PATH: "/bin", HOME: "/user" });
  const profiles = await listProfiles(home.paths);
  assert.deepEqual(
    profiles.map(({ name }) => name),
    ["default", "backend-eng", "ops", "researcher", "reviewer", "writer"],
  );
  assert.ok(profiles.every(({ description, model }) => description !== "" && model));
  assert.equal(home.paths.root, home.root);
  await removeDemoHome(home);
  await assert.rejects(Deno.stat(home.root), Deno.errors.NotFound);
});

interface Watched {
  gateway: GatewayProcess;
  root: string;
  deaths: string[];
  broken: HermesError[];
}

/** A gateway made of a shell script that takes the place of the program. */
async function withGateway(script: string, body: (watched: Watched) => Promise<void>) {
  const root = await Deno.realPath(await Deno.makeTempDir());
  const deaths: string[] = [];
  const broken: HermesError[] = [];
  const gateway = new GatewayProcess({
    home: { root, env: { PATH: Deno.env.get("PATH") ?? "" }, gatewayLog: join(root, "log") },
    selfCommand: ["sh", "-c", script],
    onDeath: (_pid, how) => deaths.push(how),
    onBroken: (error) => broken.push(error),
  });
  try {
    await gateway.start();
    await body({ gateway, root, deaths, broken });
  } finally {
    await gateway.stop();
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("GatewayProcess gives up on a gateway that cannot live, with the end of its log", () =>
  withGateway("echo no such luck; exit 3", async ({ gateway, deaths, broken }) => {
    await until("it gives up", () => broken.length > 0);
    assert.deepEqual(deaths, ["exit code 3", "exit code 3"]);
    assert.match(
      broken[0]?.message ?? "",
      /^Cannot run the gateway: it ended 3 times in a row, at last with exit code 3\nno such luck/,
    );
    assert.equal(gateway.pid, null);
  }));

Deno.test("GatewayProcess starts a killed gateway again; stop() ends it and all that its runs left", () =>
  withGateway(
    'HERMES_RUN_MARKER="${HERMES_RUN_MARKER%gateway}kanban.db:1" setsid sleep 300 & exec sleep 300',
    async ({ gateway, root, deaths }) => {
      const marked = (end: string) =>
        findMarked(`hermes:${root}/`).filter(({ marker }) => marker.endsWith(end));
      const first = gateway.pid;
      assert.ok(first);
      await until("its worker runs", () => marked("kanban.db:1").length === 1);
      Deno.kill(first, "SIGKILL");
      await until("another one runs", () => gateway.pid !== null && gateway.pid !== first);
      assert.deepEqual(deaths, ["SIGKILL"]);
      assert.equal(gateway.restarts, 1);
      await until("both workers run", () => marked("kanban.db:1").length === 2);
      await gateway.stop();
      assert.deepEqual(marked(""), []);
      assert.equal(gateway.pid, null);
      await gateway.stop();
    },
  ));
