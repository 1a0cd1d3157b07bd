// Owns: proof that each whole-tree gate can fail, and is silent on a sound tree.

import assert from "node:assert/strict";
import { join } from "node:path";
import { findCycle, readTree, type Tree, treeChecks } from "../../scripts/structure/tree.ts";

const sound: Record<string, string> = {
  ".ci/run": "exec npx -y deno@2.9.6 run -A scripts/ci/main.ts",
  "README.md": "npx -y deno@2.9.6 task demo",
  "CHANGELOG.md": "# Changelog\n\n## [0.1.0]\n\n## [0.0.9]\n",
  "deno.json": `{"imports": {"zod": "npm:zod@4.6.7", "@scope/a": "npm:@scope/a@1.0.0"}}`,
  "deno.lock": `{"version": "5", "npm": {}}`,
  "src/base/version.ts": `export const version = "0.1.0";`,
  "src/kernel/engine/a.ts": `import one from "../migrations/0001.sql" with { type: "text" };`,
  "src/kernel/migrations/0001.sql": "CREATE TABLE tasks (status TEXT); -- triage, todo\n",
  "src/planner/a.ts": `const ask = (await import("./prompts/ask.txt")).default;`,
  "src/planner/prompts/ask.txt": "Answer with JSON.\n",
  "src/profiles/a.ts": `import a from "../../skills/x/SKILL.md" with { type: "text" };`,
  "skills/x/SKILL.md": "# X\n",
  "tests/kernel/a_test.ts": `Deno.test("x", () => {});`,
  "tests/kernel/suite.ts": `export function suite() {\n  Deno.test("x", () => {});\n}`,
};

/** Problems of all checks in the sound tree with some files changed; null removes a file. */
function problems(change: Record<string, string | null>): string[] {
  const tree = new Map<string, string>();
  for (const [path, text] of Object.entries({ ...sound, ...change })) {
    if (text !== null) tree.set(path, text);
  }
  return treeChecks.flatMap((check) => check.find(tree as Tree));
}

Deno.test("tree checks say nothing about a sound tree", () => {
  assert.deepEqual(problems({}), []);
});

Deno.test("tree checks find one problem each, and say how to mend it", () => {
  const cases: [Record<string, string | null>, RegExp][] = [
    [{ "src/attic/a.ts": "" }, /^src\/attic: the table does not know this room; add it/],
    [{ "src/kernel/migrations/0002.sql": "" }, /0002\.sql: nothing imports it.*; import it or/],
    [{ "src/planner/a.ts": "" }, /ask\.txt: nothing imports it/],
    [{ "src/profiles/a.ts": "" }, /SKILL\.md: nothing imports it/],
    [
      { "skills/x/SKILL.md": `${"TO" + "DO"}: write this` },
      /SKILL\.md: a \w+ mark was left behind; do it or drop it/,
    ],
    [{ "src/kernel/a.ts": `Deno.test("x", () => {});` }, /its tests never run; put them into/],
    [{ "tests/kernel/b.ts": `Deno.test("x", () => {});` }, /its tests never run/],
    [{ "CHANGELOG.md": "## [0.2.0]\n## [0.1.0]\n" }, /newest release in CHANGELOG\.md is 0\.2\.0/],
    [{ "src/base/version.ts": null }, /version\.ts says nothing/],
    [{ "README.md": "npx -y deno@2.9.7 task demo" }, /README\.md: says deno@2\.9\.7/],
    [{ ".ci/run": "exec deno run" }, /\.ci\/run: names no deno@<version>/],
    [{ "deno.json": `{"imports": {"zod": "npm:zod@^4"}}` }, /"zod" is "npm:zod@\^4"; pin one/],
    [{ "deno.json": `{"imports": {"a": "jsr:@std/a@1.0.0"}}` }, /"a" is "jsr:/],
    [{ "deno.lock": `{"version": "5", "jsr": {}}` }, /deno\.lock: locks something/],
  ];
  for (const [change, message] of cases) {
    const found = problems(change);
    assert.equal(found.length, 1, `${JSON.stringify(change)}: ${JSON.stringify(found)}`);
    assert.match(found[0]!, message);
  }
});

Deno.test("findCycle() finds a circle through a part of a room, and none in a tree of arrows", () => {
  assert.equal(findCycle({ a: { values: ["b"] }, b: { values: [], types: [] } }), null);
  assert.equal(
    findCycle({
      a: { values: ["b"] },
      b: { values: [] },
      "b/part": { values: [], types: ["c"] },
      c: { values: ["a"] },
    }),
    "a → b → c → a",
  );
});

Deno.test("readTree() reads project files and passes over build products", async () => {
  const root = await Deno.makeTempDir({ prefix: "hermes-tree-" });
  try {
    const files = ["src/a/b.ts", "src/a/c.sql", ".ci/run", "node_modules/x/y.ts", "dist/z.ts"];
    for (const path of files) {
      await Deno.mkdir(join(root, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(root, path), path);
    }
    const tree = await readTree(root);
    assert.deepEqual([...tree.keys()].sort(), [".ci/run", "src/a/b.ts", "src/a/c.sql"]);
    assert.equal(tree.get("src/a/c.sql"), "src/a/c.sql");
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
