// Owns: the proof of the addresses of profiles and of who plans, against a real server.

import assert from "node:assert/strict";
import { join } from "node:path";
import { startRehearsal } from "../../src/rehearsal/server.ts";
import { inWorld, until, type World } from "../harness/program.ts";

const token = "token-of-this-test-0123456789";

interface Answer {
  status: number;
  // deno-lint-ignore no-explicit-any -- tests look at whatever shape they expect
  body: any;
}

type Ask = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** Runs `body` with a dashboard server of the world; `ask` sends one request to its API. */
async function withServer(world: World, body: (ask: Ask) => Promise<void>): Promise<void> {
  await world.ok(["kanban", "init"]);
  const server = world.start(["dashboard", "--port", "0", "--no-open"], {
    env: { HERMES_DASHBOARD_TOKEN: token },
  });
  const base = await until(
    "the server tells its address",
    () => /http:\/\/127\.0\.0\.1:\d+/.exec(server.output() + server.errors())?.[0],
  );
  try {
    await body(async (method, path, sent) => {
      const response = await fetch(`${base}/api/plugins/kanban${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: sent === undefined ? undefined : JSON.stringify(sent),
      });
      return { status: response.status, body: await response.json() };
    });
  } finally {
    server.signal("SIGTERM");
    await server.ended;
  }
}

Deno.test("S-228 S-229 profiles over HTTP: listed, described, installed from templates", () =>
  inWorld(async (world) => {
    await world.ok(["profile", "create", "ada", "--description", "Adds"]);
    await withServer(world, async (ask) => {
      const listed = (await ask("GET", "/profiles")).body.profiles;
      const { name, is_default, model, provider, description, description_auto, skill_count } =
        listed[1];
      assert.deepEqual(
        [name, is_default, model, provider, description, description_auto, skill_count],
        ["ada", false, "", "", "Adds", false, 0],
      );
      assert.deepEqual((await ask("PATCH", "/profiles/ada", { description: " Sums up " })).body, {
        ok: true,
        profile: "ada",
        description: "Sums up",
      });
      assert.deepEqual((await ask("PATCH", "/profiles/ada", { description: "" })).body, {
        ok: true,
        profile: "ada",
        description: "",
      });
      assert.equal((await ask("PATCH", "/profiles/nobody", { description: "x" })).status, 404);
      const { templates } = (await ask("GET", "/profiles/templates")).body;
      assert.deepEqual(
        [templates.length, templates[3].name, templates[3].installed],
        [9, "writer", false],
      );
      const made = await ask("POST", "/profiles/install", { templates: ["writer"], as: "editor" });
      assert.equal(made.body.installed[0].name, "editor");
      const cases: [unknown, number][] = [
        [{ templates: ["writer"], as: "editor" }, 409],
        [{ templates: ["nothing"] }, 404],
        [{}, 400],
      ];
      for (const [body, status] of cases) {
        assert.equal((await ask("POST", "/profiles/install", body)).status, status);
      }
    });
  }));

Deno.test("S-230 describe-auto answers 200 with the reason, and keeps what a person wrote unless told", () =>
  inWorld(async (world) => {
    const model = await startRehearsal();
    try {
      await world.ok(["profile", "create", "ada", "--description", "By hand"]);
      await Deno.writeTextFile(
        join(world.home, "config.yaml"),
        `model: {provider: custom, default: rehearsal, base_url: "${model.url}"}\n`,
      );
      await withServer(world, async (ask) => {
        const kept = await ask("POST", "/profiles/ada/describe-auto", {});
        assert.deepEqual([kept.status, kept.body.ok], [200, false]);
        assert.deepEqual([kept.body.profile, kept.body.description], ["ada", "By hand"]);
        assert.match(kept.body.reason, /a person wrote/);
        const forced = await ask("POST", "/profiles/ada/describe-auto", { overwrite: true });
        assert.deepEqual([forced.body.ok, forced.body.reason], [true, ""]);
        assert.notEqual(forced.body.description, "By hand");
        const { profiles } = (await ask("GET", "/profiles")).body;
        assert.equal(profiles[1].description_auto, true);
        const unknown = await ask("POST", "/profiles/nobody/describe-auto", {});
        assert.deepEqual([unknown.body.ok, unknown.body.reason], [false, "profile not found"]);
      });
    } finally {
      await model.stop();
    }
  }));

Deno.test("S-231 S-232 U-043 orchestration over HTTP: read, changed in part, refused, cleared", () =>
  inWorld(async (world) => {
    await world.ok(["profile", "create", "ada"]);
    await withServer(world, async (ask) => {
      const untouched = {
        orchestrator_profile: "",
        default_assignee: "",
        auto_decompose: true,
        auto_promote_children: true,
        resolved_orchestrator_profile: "default",
        resolved_default_assignee: "default",
        active_profile: "default",
      };
      assert.deepEqual((await ask("GET", "/orchestration")).body, untouched);
      const change = { default_assignee: "ada", auto_promote_children: false };
      const changed = { ...untouched, ...change, resolved_default_assignee: "ada" };
      assert.deepEqual((await ask("PUT", "/orchestration", change)).body, changed);
      assert.deepEqual((await ask("GET", "/orchestration")).body, changed);
      assert.match(
        await Deno.readTextFile(join(world.home, "config.yaml")),
        /default_assignee: ada\n {2}auto_promote_children: false/,
      );
      const refused = await ask("PUT", "/orchestration", {
        auto_decompose: false,
        orchestrator_profile: "adda",
      });
      assert.equal(refused.status, 400);
      assert.equal(refused.body.error.field, "orchestrator_profile");
      assert.match(refused.body.detail, /profile not found/);
      assert.deepEqual((await ask("GET", "/orchestration")).body, changed, "nothing was written");
      const cleared = await ask("PUT", "/orchestration", { default_assignee: "" });
      assert.equal(cleared.body.resolved_default_assignee, "default");
    });
  }));
