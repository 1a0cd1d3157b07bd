// Owns: proof that each structure gate of the lint plugin can fail, and lets good code pass.

import assert from "node:assert/strict";
import { join } from "node:path";
import plugin from "../../scripts/structure/plugin.ts";
import { projectRoot } from "../../scripts/project.ts";
import { writesState } from "../../scripts/structure/rules/one_door.ts";

/** Messages of one gate for `source`, as if it stood at `path` in the project. */
function findings(gate: string, path: string, source: string): string[] {
  return Deno.lint.runPlugin(plugin, join(projectRoot, path), source)
    .filter((found) => found.id === `hermes/${gate}`)
    .map((found) => {
      assert.ok(found.hint, `"${found.message}" has no hint`);
      return found.message;
    });
}

function assertFinds(gate: string, cases: [path: string, source: string, message: RegExp][]): void {
  for (const [path, source, message] of cases) {
    const found = findings(gate, path, source);
    assert.equal(found.length, 1, `${path}: ${source}: ${JSON.stringify(found)}`);
    assert.match(found[0]!, message);
  }
}

function assertSilent(gate: string, cases: [path: string, source: string][]): void {
  for (const [path, source] of cases) {
    assert.deepEqual(findings(gate, path, source), [], `${path}: ${source}`);
  }
}

Deno.test("hermes/arrows refuses every form of import that points upwards", () => {
  assertFinds("arrows", [
    ["src/base/x.ts", `import { a } from "../platform/files.ts";`, /^base → platform: the arrow/],
    ["src/kernel/create.ts", `import "../ops/registry.ts";`, /^kernel → ops/],
    ["src/kernel/create.ts", `export { a } from "../planner/a.ts";`, /^kernel → planner/],
    ["src/kernel/create.ts", `export * from "../planner/a.ts";`, /^kernel → planner/],
    ["src/cli/x.ts", `const a = await import("../http/a.ts");`, /^cli → http/],
    ["src/cli/x.ts", `type A = import("../kernel/a.ts").A;`, /^cli → kernel/],
    ["src/dispatcher/x.ts", `import type { A } from "../agent/a.ts";`, /^dispatcher → agent/],
    ["src/kernel/lifecycle/x.ts", `import "../../platform/files.ts";`, /^kernel\/lifecycle → /],
    ["main.ts", `import "./src/kernel/board.ts";`, /^main → kernel/],
    ["src/ops/x.ts", `import a from "../../skills/a.md" with { type: "text" };`, /outside src/],
    ["src/app/x.ts", `import "../../scripts/project.ts";`, /outside src/],
    ["src/attic/x.ts", `import "../base/ids.ts";`, /the table does not know/],
    ["src/llm/x.ts", `import a from "npm:openai@1.0.0";`, /directly/],
    ["src/llm/x.ts", "const a = await import(name);", /not a plain string/],
  ]);
});

Deno.test("hermes/arrows lets a type through where only types are allowed", () => {
  assertFinds("arrows", [
    ["src/kernel/a.ts", `import { a } from "../config/schema.ts";`, /only types may be imported/],
    ["src/kernel/a.ts", `import { a, type B } from "../config/schema.ts";`, /only types/],
  ]);
  assertSilent("arrows", [
    ["src/kernel/a.ts", `import type { A } from "../config/schema.ts";`],
    ["src/kernel/a.ts", `import { type A } from "../config/schema.ts";`],
    ["src/kernel/a.ts", `export type { A } from "../config/schema.ts";`],
  ]);
});

Deno.test("hermes/arrows reserves the terminal, the database and other built-in modules", () => {
  assertFinds("arrows", [
    ["src/kernel/a.ts", `import "node:sqlite";`, /only platform/],
    ["src/agent/a.ts", `import { spawn } from "node:child_process";`, /only platform/],
    ["src/agent/a.ts", `const fs = await import("node:fs");`, /only platform/],
    ["src/agent/a.ts", `import { writeOut } from "../platform/host_io.ts";`, /may print or exit/],
  ]);
  assertSilent("arrows", [
    ["src/kernel/engine/a.ts", `import "node:sqlite";`],
    ["src/platform/a.ts", `import "node:child_process";`],
    ["src/platform/a.ts", `import { writeOut } from "./host_io.ts";`],
    ["src/cli/a.ts", `import { writeOut } from "../platform/host_io.ts";`],
  ]);
});

Deno.test("hermes/arrows lets downward imports, the own room, packages and free modules pass", () => {
  assertSilent("arrows", [
    ["src/ops/a.ts", `import "../kernel/queries/tasks.ts"; import "../base/errors.ts";`],
    ["src/kernel/lifecycle/a.ts", `import "../queries/tasks.ts"; import "./decide.ts";`],
    ["src/kernel/a.ts", `import "./engine/port.ts"; import { join } from "node:path";`],
    ["src/profiles/a.ts", `import a from "../../skills/a.md" with { type: "text" };`],
    ["src/llm/a.ts", `const { OpenAI } = await import("openai");`],
    ["tests/kernel/a_test.ts", `import "../../src/agent/loop.ts";`],
  ]);
});

Deno.test("hermes/machine finds the machine behind every spelling", () => {
  assertFinds("machine", [
    ["src/kernel/a.ts", "const now = Date.now();", /^kernel uses Date\.now$/],
    ["src/kernel/a.ts", "const now = new Date();", /Date\.now/],
    ["src/kernel/a.ts", "const now = Date.now;", /Date\.now/],
    ["src/kernel/a.ts", "const r = Math.random();", /Math\.random/],
    ["src/kernel/a.ts", "const id = crypto.randomUUID();", /crypto\.randomUUID/],
    ["src/llm/a.ts", `await fetch("http://x");`, /uses fetch/],
    ["src/llm/a.ts", "const call = deps.fetch ?? fetch;", /uses fetch/],
    ["src/llm/a.ts", "const call = globalThis.fetch;", /uses fetch/],
    ["src/llm/a.ts", "const all = { fetch };", /uses fetch/],
    ["src/agent/a.ts", "const pid = process.pid;", /process\.pid/],
    ["src/agent/a.ts", "const at = Deno.cwd();", /Deno\.cwd/],
    ["src/app/a.ts", "Deno.exit(1);", /Deno\.exit/],
    ["src/kernel/a.ts", "const ms = performance.now();", /performance\.now/],
    ["src/base/text.ts", "const now = Date.now();", /Date\.now/],
    ["src/ops/a.ts", `console.log("x");`, /prints with console/],
    ["src/platform/a.ts", `console.log("x");`, /prints with console/],
  ]);
});

Deno.test("hermes/machine leaves ports, types and the rooms that own the machine alone", () => {
  assertSilent("machine", [
    ["src/base/clock.ts", "const now = Date.now() + performance.now();"],
    ["src/base/ids.ts", "const id = crypto.getRandomValues(bytes);"],
    ["src/platform/a.ts", `const a = Deno.cwd(), b = await fetch("x"), c = process.env;`],
    ["src/app/a.ts", "const args = Deno.args;"],
    ["src/cli/a.ts", `console.error("x");`],
    ["src/llm/a.ts", "function call(deps: { fetch: typeof fetch }) { return deps.fetch('x'); }"],
    ["src/llm/a.ts", "function call({ fetch }: Deps) { return fetch('x'); }"],
    ["src/kernel/a.ts", "for (const process of table) use(process.pid);"],
    ["src/kernel/a.ts", "const at = new Date(seconds * 1000);"],
    ["src/kernel/a.ts", "const text = 'Date.now() and Deno.cwd()'; // Date.now()"],
    ["src/http/a.ts", "let address: Deno.NetAddr;"],
    ["tests/kernel/a_test.ts", "const now = Date.now();"],
  ]);
});

Deno.test("hermes/one-door finds state written elsewhere, and SQL without a home", () => {
  assertFinds("one-door", [
    ["src/ops/a.ts", "const a = `SELECT id FROM tasks`;", /SQL text outside/],
    ["src/kernel/create.ts", `const a = "INSERT INTO task_links (a) VALUES (1)";`, /SQL text/],
    ["src/dispatcher/a.ts", "const a = 'DELETE FROM task_events WHERE id = 1';", /SQL text/],
    [
      "src/kernel/queries/tasks.ts",
      "export const sql = { x: `UPDATE tasks SET title = ?, status = ? WHERE id = ?` };",
      /outside the one door/,
    ],
    [
      "src/kernel/queries/tasks.ts",
      "function patch() { return `UPDATE tasks SET ${assignments} WHERE id = ?`; }",
      /outside the one door/,
    ],
    [
      "src/kernel/queries/runs.ts",
      "function end() { return `UPDATE task_runs SET ended_at = ? WHERE id = ?`; }",
      /outside the one door/,
    ],
    [
      "src/kernel/create.ts",
      `import { taskById, updateTask } from "./queries/tasks.ts";`,
      /imports updateTask .* only src\/kernel\/lifecycle\/ may/,
    ],
    ["src/ops/a.ts", `import * as runs from "../kernel/queries/runs.ts";`, /insertRun, updateRun/],
    ["src/ops/a.ts", `export { updateRun } from "../kernel/queries/runs.ts";`, /updateRun/],
    ["src/kernel/gc.ts", `import { sql } from "./queries/schema.ts";`, /migrations\/ may/],
  ]);
});

Deno.test("hermes/one-door lets the lifecycle write, and queries read", () => {
  assertSilent("one-door", [
    [
      "src/kernel/queries/tasks.ts",
      "export function updateTask() { return `UPDATE tasks SET ${a} WHERE id = ?`; }",
    ],
    [
      "src/kernel/queries/tasks.ts",
      "const sql = { w: `UPDATE tasks SET workspace_path = ? WHERE id = ? AND status = 'ready'` };",
    ],
    ["src/kernel/lifecycle/apply.ts", `import { updateTask } from "../queries/tasks.ts";`],
    ["src/kernel/create.ts", `import { taskById } from "./queries/tasks.ts";`],
    ["src/kernel/create.ts", `import type { TaskPatch } from "./queries/tasks.ts";`],
    ["src/kernel/migrations/migrate.ts", `import { sql } from "../queries/schema.ts";`],
    ["src/cli/a.ts", `const help = "Select a task from the board and update it";`],
  ]);
});

Deno.test("writesState() reads what stands between SET and WHERE only", () => {
  assert.equal(writesState("UPDATE tasks SET title = 'x' WHERE status = 'ready'"), false);
  assert.equal(writesState("update tasks set\n claim_lock = NULL"), true);
  assert.equal(writesState("UPDATE task_runs SET summary = ?, outcome=? WHERE id = ?"), true);
  assert.equal(writesState("UPDATE kanban_notify_subs SET status = 1"), false);
});

Deno.test("hermes/arrows lets the dashboard know types and plain data of src", () => {
  assertFinds("arrows", [
    [
      "dashboard/api/a.ts",
      `import { a } from "../../src/ops/views/show.ts";`,
      /^dashboard → src\/ops/,
    ],
    ["dashboard/api/a.ts", `import "node:path";`, /runs in a browser/],
    ["dashboard/main.tsx", `import "../scripts/project.ts";`, /^dashboard → scripts/],
  ]);
  assertSilent("arrows", [
    ["dashboard/api/a.ts", `import type { A } from "../../src/ops/views/show.ts";`],
    ["dashboard/board/a.ts", `import { a } from "../../src/kernel/lifecycle/transitions.ts";`],
    ["dashboard/board/a.tsx", `import { a } from "react"; import { b } from "../api/b.ts";`],
  ]);
});

Deno.test("hermes/file-shape wants an owner line, a small file, a telling name, no marks left", () => {
  const owned = "// Owns: nothing.\n";
  assertFinds("file-shape", [
    ["src/ops/a.ts", "export const a = 1;\n", /first line/],
    ["src/ops/a.ts", `${owned}${"export {};\n".repeat(400)}`, /401 lines; 400/],
    ["src/ops/utils.ts", owned, /names a bucket/],
    ["src/common/a.ts", owned, /names a bucket/],
    ["scripts/bench/helpers.ts", owned, /names a bucket/],
    ["dashboard/parts/utils.tsx", owned, /names a bucket/],
    ["dashboard/parts/a.tsx", "export const a = 1;\n", /first line/],
    ["src/ops/a.ts", `${owned}// ${"TO" + "DO"}: later\n`, /mark was left behind/],
    ["tests/ops/a_test.ts", `/* ${"FIX" + "ME"} */\n`, /mark was left behind/],
    ["src/ops/a.ts", `${owned}// deno-lint-ignore hermes/arrows\n`, /switched off/],
  ]);
  assertSilent("file-shape", [
    ["src/ops/a.ts", `${owned}${"export {};\n".repeat(399)}`],
    ["src/ops/task_types.ts", `${owned}// from triage to todo\n`],
    ["tests/ops/a_test.ts", "export {};\n"],
  ]);
});

Deno.test("hermes/whole-suite finds tests that are left out", () => {
  assertFinds("whole-suite", [
    ["tests/a_test.ts", `Deno.test.only("x", () => {});`, /\.only/],
    ["tests/a_test.ts", `Deno.test.ignore("x", () => {});`, /\.ignore/],
    ["tests/a_test.ts", `Deno.test({ name: "x", ignore: true, fn() {} });`, /ignore: true/],
  ]);
  assertSilent("whole-suite", [
    ["tests/a_test.ts", `Deno.test({ name: "x", ignore: Deno.build.os !== "linux", fn() {} });`],
    ["tests/a_test.ts", `Deno.test("skip() passes over", () => { cursor.skip(); });`],
  ]);
});
