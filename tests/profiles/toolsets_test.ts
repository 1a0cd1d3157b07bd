// Owns: the proof of the table of toolsets, of the templates, and of which tools an agent is offered.

import assert from "node:assert/strict";
import { offeredTools } from "../../src/agent/offered_tools.ts";
import { callTool } from "../../src/agent/tool.ts";
import { workspaceTools } from "../../src/agent/tools/workspace_tools.ts";
import {
  mayUseTool,
  toolsets,
  toolsetsInForce,
  toolsetWarnings,
} from "../../src/profiles/toolsets.ts";
import { installTemplate, listTemplates } from "../../src/profiles/templates.ts";
import { echoTool } from "../agent/double.ts";
import { withRoot } from "./temp_root.ts";

const own = workspaceTools({ root: "/", timeoutSeconds: 1, maxOutputBytes: 256, env: {} });

function offered(configured: string[], names = ["kanban_show", "kanban_attach", "later_tool"]) {
  const tools = [...own, ...names.map((name) => echoTool(name))];
  return offeredTools({ toolsets: configured, skillTool: null }, tools).map((tool) => tool.name);
}

Deno.test("every tool of the workspace belongs to a toolset", () => {
  const known = Object.values(toolsets).flatMap(({ tools }) => tools);
  for (const { name } of own) assert.ok(known.includes(name), name);
});

Deno.test("offeredTools() keeps a profile to its toolsets; none configured means all but kanban", () => {
  assert.deepEqual(toolsetsInForce([]), Object.keys(toolsets).filter((it) => it !== "kanban"));
  assert.equal(offered([]).length, own.length + 3);
  assert.deepEqual(offered(["kanban"]), ["kanban_show"]);
  assert.deepEqual(offered(["reading", "search"]), [
    "read_file",
    "list_files",
    "search_files",
    "kanban_show",
  ]);
  assert.deepEqual(offered(["terminal", "attachments"]), [
    "terminal",
    "kanban_show",
    "kanban_attach",
  ]);
  assert.deepEqual(offered(["terminall"]), ["kanban_show"], "a typo gives nothing");
  assert.ok(!mayUseTool(["constructor"], "terminal"));
});

Deno.test("a tool that is not offered cannot be called either", async () => {
  const tools = offeredTools({ toolsets: ["kanban"], skillTool: null }, own);
  const never = new AbortController().signal;
  const reply = await callTool(tools, "terminal", '{"command": "touch /tmp/never"}', never);
  assert.ok(reply.failed);
  assert.match(reply.text, /There is no tool \\"terminal\\"/);
});

Deno.test("toolsetWarnings() names unknown toolsets and suggests", () => {
  assert.deepEqual(toolsetWarnings(["files", "kanban"]), []);
  const [close, far] = toolsetWarnings(["terminl", "telepathy"]);
  assert.match(close!, /Unknown toolset "terminl" gives no tool: did you mean "terminal"\?/);
  assert.match(far!, /there are kanban, files, /);
});

Deno.test("each template has a description, a persona of 15 to 40 lines and known toolsets; the orchestrator cannot do the work", () =>
  withRoot(async (paths) => {
    const templates = listTemplates();
    assert.deepEqual(
      templates.map(({ name }) => name),
      ["orchestrator", "researcher", "analyst", "writer", "reviewer", "backend-eng"]
        .concat("frontend-eng", "ops", "pm"),
    );
    for (const { name, description, toolsets: sets } of templates) {
      assert.ok(description.length > 40 && description.length <= 280, name);
      assert.ok(sets.length > 0, name);
      assert.deepEqual(toolsetWarnings(sets), [], name);
      const profile = await installTemplate(paths, name);
      assert.deepEqual([profile.description, profile.toolsets], [description, sets]);
      assert.equal(profile.descriptionAuto, false);
      const soul = await Deno.readTextFile(`${profile.home}/SOUL.md`);
      const lines = soul.trimEnd().split("\n").length;
      assert.ok(lines >= 15 && lines <= 40, `${name}: ${lines} lines`);
      if (Deno.build.os !== "windows") {
        assert.equal((await Deno.stat(`${profile.home}/.env`)).mode! & 0o777, 0o600);
      }
      for (const folder of ["skills", "memory"]) {
        assert.ok((await Deno.stat(`${profile.home}/${folder}`)).isDirectory);
      }
    }
    assert.deepEqual(offered(templates[0]!.toolsets), ["kanban_show"]);
    await assert.rejects(installTemplate(paths, "writter", "x"), /there is none/);
    await assert.rejects(installTemplate(paths, "writer"), /exists already/);
    assert.equal((await installTemplate(paths, "writer", "Editor")).name, "editor");
  }));
