// Owns: proof of what the file tools do and that they stay inside the workspace.

import assert from "node:assert/strict";
import { withWorkspace } from "./workspace.ts";

const escapes = [
  ["a relative path upwards", "../outside/secret.txt"],
  ["a path that goes down first", "sub/../../outside/secret.txt"],
  ["a link to a folder outside", "link/secret.txt"],
  ["a link to a file outside", "filelink"],
] as const;

for (const [name, path] of escapes) {
  Deno.test(`P-056 file tools refuse ${name}`, async () => {
    await withWorkspace(async ({ root, outside, refused }) => {
      await Deno.mkdir(`${root}/sub`);
      await Deno.writeTextFile(`${outside}/secret.txt`, "secret");
      await Deno.symlink(outside, `${root}/link`);
      await Deno.symlink(`${outside}/secret.txt`, `${root}/filelink`);
      const calls: Array<[string, Record<string, unknown>]> = [
        ["read_file", { path }],
        ["write_file", { path, content: "x" }],
        ["edit_file", { path, old_text: "secret", new_text: "x" }],
        ["list_files", { path }],
        ["search_files", { path, pattern: "secret" }],
      ];
      for (const [tool, args] of calls) {
        const error = await refused(tool, args);
        assert.match(error, /outside the workspace/, tool);
        assert.ok(error.includes(root), "the error names the root");
      }
      assert.equal(await Deno.readTextFile(`${outside}/secret.txt`), "secret");
    });
  });
}

Deno.test("P-056 file tools refuse absolute paths outside and a sibling with the same prefix", async () => {
  await withWorkspace(async ({ root, refused, call }) => {
    await Deno.mkdir(`${root}-other`);
    await Deno.writeTextFile(`${root}-other/a.txt`, "a");
    for (const path of ["/etc/passwd", `${root}-other/a.txt`, "a\0b"]) {
      assert.match(await refused("read_file", { path }), /outside the workspace/);
    }
    await Deno.writeTextFile(`${root}/in.txt`, "inside");
    assert.equal(await call("read_file", { path: `${root}/in.txt` }), "inside");
  });
});

Deno.test("P-056 search_files and list_files do not follow links out of the workspace", async () => {
  await withWorkspace(async ({ root, outside, call }) => {
    await Deno.writeTextFile(`${outside}/secret.txt`, "needle");
    await Deno.symlink(outside, `${root}/link`);
    assert.equal(await call("search_files", { pattern: "needle" }), "[no match]");
    assert.equal(await call("list_files", {}), "link  (link)");
  });
});

Deno.test("S-010 write_file creates folders and read_file returns the same text", async () => {
  await withWorkspace(async ({ root, call }) => {
    const content = "först\r\nsecond 🌊\n";
    const reply = JSON.parse(await call("write_file", { path: "a b/c/ü.txt", content }));
    assert.deepEqual(reply, { ok: true, path: "a b/c/ü.txt", bytes: 20 });
    assert.equal(await Deno.readTextFile(`${root}/a b/c/ü.txt`), content);
    assert.equal(await call("read_file", { path: "a b/c/ü.txt" }), "först\r\nsecond 🌊");
    await call("write_file", { path: "a b/c/ü.txt", content: "" });
    assert.equal(await call("read_file", { path: "a b/c/ü.txt" }), "");
  });
});

Deno.test("read_file shows a window of lines and says how to go on", async () => {
  await withWorkspace(async ({ root, call }) => {
    const lines = Array.from({ length: 10 }, (_, index) => `line ${index + 1}`);
    await Deno.writeTextFile(`${root}/ten.txt`, lines.join("\n") + "\n");
    const middle = await call("read_file", { path: "ten.txt", offset: 3, limit: 2 });
    assert.equal(middle, "line 3\nline 4\n[lines 3 to 4 of 10; go on with offset 5]");
    assert.equal(
      await call("read_file", { path: "ten.txt", offset: 9 }),
      "line 9\nline 10\n[lines 9 to 10 of 10]",
    );
    assert.equal(
      await call("read_file", { path: "ten.txt", offset: 99 }),
      "[the file has 10 lines]",
    );
  });
});

Deno.test("read_file caps what it returns and refuses binary, huge and missing files", async () => {
  await withWorkspace(async ({ root, call, refused }) => {
    await Deno.writeTextFile(`${root}/wide.txt`, "x".repeat(5000) + "\nnext\n");
    const wide = await call("read_file", { path: "wide.txt" });
    assert.match(wide, /^x{4000} … \[line cut\]\n\[lines 1 to 1 of 2; go on with offset 2\]$/);
    await Deno.writeFile(`${root}/image.png`, new Uint8Array([137, 80, 0, 1]));
    assert.match(await refused("read_file", { path: "image.png" }), /binary file/);
    await Deno.truncate(`${root}/image.png`, 9 * 1024 * 1024);
    assert.match(await refused("read_file", { path: "image.png" }), /more than 8388608/);
    assert.match(await refused("read_file", { path: "none.txt" }), /no such file/);
    assert.match(await refused("read_file", { path: "." }), /not a file/);
  });
});

Deno.test("edit_file replaces a unique piece and keeps the rest and the mode", async () => {
  await withWorkspace(async ({ root, call }) => {
    await Deno.writeTextFile(`${root}/run.sh`, "one\ntwo $& three\nfour\n");
    await Deno.chmod(`${root}/run.sh`, 0o755);
    const edit = { path: "run.sh", old_text: "two $& three", new_text: "2 $& $1" };
    assert.deepEqual(JSON.parse(await call("edit_file", edit)), {
      ok: true,
      path: "run.sh",
      line: 2,
    });
    assert.equal(await Deno.readTextFile(`${root}/run.sh`), "one\n2 $& $1\nfour\n");
    assert.equal((await Deno.stat(`${root}/run.sh`)).mode! & 0o777, 0o755);
  });
});

Deno.test("edit_file refuses a missing or repeated piece and changes nothing", async () => {
  await withWorkspace(async ({ root, refused }) => {
    await Deno.writeTextFile(`${root}/a.txt`, "same\nsame\n");
    const edit = (old_text: string) =>
      refused("edit_file", { path: "a.txt", old_text, new_text: "" });
    assert.match(await edit("same"), /occurs 2 times/);
    assert.match(await edit("other"), /does not occur/);
    assert.equal(await Deno.readTextFile(`${root}/a.txt`), "same\nsame\n");
    await Deno.writeFile(`${root}/a.txt`, new Uint8Array([0xe9, 0x0a]));
    assert.match(await edit("x"), /not valid UTF-8/);
  });
});

Deno.test("list_files shows sizes, depth and leaves out .git and node_modules", async () => {
  await withWorkspace(async ({ root, call }) => {
    assert.equal(await call("list_files", {}), "[empty folder]");
    for (const dir of ["src/deep/deeper", ".git/objects", "node_modules/x"]) {
      await Deno.mkdir(`${root}/${dir}`, { recursive: true });
      await Deno.writeTextFile(`${root}/${dir}/f.txt`, "12345");
    }
    assert.deepEqual((await call("list_files", { depth: 2 })).split("\n"), [
      ".git/ …",
      "node_modules/ …",
      "src/",
      "src/deep/ …",
    ]);
    assert.match(await call("list_files", { path: "src", depth: 5 }), /deep\/deeper\/f\.txt {2}5$/);
  });
});

Deno.test("search_files takes expressions and plain text, skips binaries, caps matches", async () => {
  await withWorkspace(async ({ root, call }) => {
    await Deno.mkdir(`${root}/docs`);
    await Deno.writeTextFile(`${root}/docs/a.md`, "alpha\nbeta(1\n");
    await Deno.writeTextFile(`${root}/b.txt`, "Beta 22\n");
    await Deno.writeFile(`${root}/c.bin`, new TextEncoder().encode("beta\0"));
    assert.equal(
      await call("search_files", { pattern: "[Bb]eta" }),
      [
        "b.txt:1: Beta 22",
        "docs/a.md:2: beta(1",
      ].join("\n"),
    );
    assert.equal(await call("search_files", { pattern: "beta(1" }), "docs/a.md:2: beta(1");
    const inDocs = await call("search_files", { pattern: ".", path: "docs/", suffix: ".md" });
    assert.equal(inDocs, "docs/a.md:1: alpha\ndocs/a.md:2: beta(1");
    await Deno.writeTextFile(`${root}/many.txt`, "hit\n".repeat(300));
    const many = (await call("search_files", { pattern: "^hit$" })).split("\n");
    assert.equal(many.length, 201);
    assert.match(many.at(-1)!, /more than 200 matches/);
  });
});
