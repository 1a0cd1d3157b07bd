import assert from "node:assert/strict";
import { join } from "node:path";
import { HermesError } from "../../src/base/errors.ts";
import { editYaml, setConfigValue } from "../../src/config/edit.ts";
import type { ConfigScalar } from "../../src/config/edit.ts";

const cases: { does: string; before: string; path: string; value: ConfigScalar; after: string }[] =
  [
    {
      does: "replaces one scalar and keeps comments, quotes and order",
      before: "# top\nmodel:\n    default: 'x' # mine\nkanban:\n  failure_limit: 3   # three\n",
      path: "kanban.failure_limit",
      value: 5,
      after: "# top\nmodel:\n    default: 'x' # mine\nkanban:\n  failure_limit: 5   # three\n",
    },
    {
      does: "adds a key at the end of its block, in the block's own indentation",
      before: "a:\n    b:\n      - 1\n\n# about d\nd: 2",
      path: "a.x",
      value: true,
      after: "a:\n    b:\n      - 1\n    x: true\n\n# about d\nd: 2",
    },
    {
      does: "adds a key below an empty parent, leaving its commented lines",
      before: "kanban:\n  # auto_decompose: false\nmodel: {}\n",
      path: "kanban.auto_decompose",
      value: false,
      after: "kanban:\n  auto_decompose: false\n  # auto_decompose: false\nmodel: {}\n",
    },
    {
      does: "fills in a bare key",
      before: "a:\n  b: # note\n",
      path: "a.b",
      value: "v",
      after: "a:\n  b: v # note\n",
    },
    {
      does: "writes a new file",
      before: "",
      path: "a.b.c",
      value: 1,
      after: "a:\n  b:\n    c: 1\n",
    },
    {
      does: "appends to a file of comments only",
      before: "# nothing yet",
      path: "a",
      value: 1,
      after: "# nothing yet\na: 1\n",
    },
    {
      does: "ends an unfinished last line first",
      before: "a: x",
      path: "b",
      value: "y",
      after: "a: x\nb: y\n",
    },
    {
      does: "keeps carriage returns",
      before: "a: 1\r\nb:\r\n  c: 1\r\n",
      path: "b.d",
      value: 2,
      after: "a: 1\r\nb:\r\n  c: 1\r\n  d: 2\r\n",
    },
    {
      does: "quotes text that would be read as something else",
      before: "a: x\nb: y\n",
      path: "a",
      value: "yes: #1",
      after: 'a: "yes: #1"\nb: y\n',
    },
    {
      does: "keeps text that looks like a number a text",
      before: "a: x\n",
      path: "a",
      value: "12",
      after: 'a: "12"\n',
    },
    {
      does: "empties a quoted text",
      before: 'a: "" # c\n',
      path: "a",
      value: "",
      after: 'a: "" # c\n',
    },
    {
      does: "replaces a block text as a whole",
      before: "a: |\n  one\n  two\nb: 1\n",
      path: "a",
      value: "x\ny",
      after: 'a: "x\\ny"\nb: 1\n',
    },
    {
      does: "puts a mapping where null was written",
      before: "a: ~ # x\nb: 1\n",
      path: "a.c",
      value: 1,
      after: "a:  # x\n  c: 1\nb: 1\n",
    },
    {
      does: "adds to a mapping in braces",
      before: "a: {b: 1} # hi\n",
      path: "a.c",
      value: 2,
      after: "a: { b: 1, c: 2 } # hi\n",
    },
    {
      does: "replaces a list",
      before: "a: [1, 2]\nb: 1\n",
      path: "a",
      value: 1,
      after: "a: 1\nb: 1\n",
    },
    {
      does: "starts from a file that says null",
      before: "null\n",
      path: "a.b",
      value: 1,
      after: "a:\n  b: 1\n",
    },
    {
      does: "replaces an alias without touching its anchor",
      before: "a: &x one\nb: *x\n",
      path: "b",
      value: "two",
      after: "a: &x one\nb: two\n",
    },
  ];

for (const { does, before, path, value, after } of cases) {
  Deno.test(`editYaml() ${does}`, async () => {
    assert.equal(await editYaml("config.yaml", before, path.split("."), value), after);
  });
}

Deno.test("editYaml() refuses to put keys below a scalar and says which key is in the way", async () => {
  await assert.rejects(
    editYaml("/h/config.yaml", "kanban: 3\n", ["kanban", "failure_limit"], 1),
    (error) =>
      error instanceof HermesError && error.code === "config" &&
      /kanban\.failure_limit.*\/h\/config\.yaml/.test(error.message) &&
      /kanban/.test(error.remedy ?? ""),
  );
});

Deno.test("S-232 setConfigValue() writes the file and refuses a corrupt one without touching it", async () => {
  const home = await Deno.makeTempDir();
  try {
    const file = join(home, "config.yaml");
    await setConfigValue(file, ["kanban", "auto_decompose"], false);
    assert.equal(await Deno.readTextFile(file), "kanban:\n  auto_decompose: false\n");
    await Deno.writeTextFile(file, "a: [1\n");
    await assert.rejects(setConfigValue(file, ["b"], 1), /line 2/);
    assert.equal(await Deno.readTextFile(file), "a: [1\n");
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});
