// Owns: the proof that everything a person can get wrong is answered in words, with the right exit status.

import assert from "node:assert/strict";
import { join } from "node:path";
import { inWorld, programCommand } from "../harness/program.ts";

Deno.test("R-23 unknown words get a suggestion and exit 2", () =>
  inWorld(async ({ run }) => {
    const cases: [string[], RegExp][] = [
      [["kanbn", "list"], /Did you mean "kanban"/],
      [["kanban", "lsit"], /Did you mean "list"/],
      [["kanban", "ist"], /Did you mean "list"/],
      [["kanban", "list", "--asignee", "x"], /Did you mean --assignee/],
      [["profile", "creat"], /Did you mean "create"/],
      [["gateway", "strat"], /Did you mean start/],
      [["kanban", "frobnicate"], /hermes kanban --help/],
      [["kanban", "show"], /missing required argument 'id'/],
      [["kanban", "show", "a", "b"], /too many arguments/],
      [["kanban", "list", "--status", "lost"], /triage, todo, ready/],
      [["kanban", "list", "--limit", "many"], /expected a number/],
      [["kanban", "list", "--limit", "0"], /"limit"/],
      [["kanban", "list", "--board", "../x"], /slug is malformed/],
      [["-p", "No Such!", "kanban", "list"], /profile "No Such!"/],
      [["kanban", "decompose"], /--all/],
      [["chat", "words"], /too many arguments/],
    ];
    for (const [words, expected] of cases) {
      const { code, stdout, stderr } = await run(words);
      assert.deepEqual([code, stdout], [2, ""], words.join(" "));
      assert.match(stderr, /^hermes: /);
      assert.match(stderr, expected);
      assert.doesNotMatch(stderr, /\n {4}at /, "no stack trace");
    }
  }));

Deno.test("R-23 with --json an error is one JSON line on stderr", () =>
  inWorld(async ({ run }) => {
    const missing = await run(["kanban", "show", "t_00000000", "--json"]);
    assert.deepEqual([missing.code, missing.stdout], [1, ""]);
    const { error } = JSON.parse(missing.stderr);
    assert.equal(error.code, "not_found");
    assert.match(error.message, /t_00000000/);
    assert.match(error.remedy, /hermes kanban list/);
    const usage = await run(["kanban", "list", "--nope", "--json"]);
    assert.deepEqual([usage.code, JSON.parse(usage.stderr).error.code], [2, "usage"]);
  }));

Deno.test("S-192 help and version are answered on stdout with exit 0", () =>
  inWorld(async ({ ok, run, home }) => {
    assert.match((await ok(["--version"])).stdout, /^hermes \d+\.\d+\.\d+\n$/);
    assert.match((await ok([])).stdout, /kanban .*\n[\s\S]*gateway[\s\S]*chat[\s\S]*demo/);
    assert.match((await ok(["kanban", "--help"])).stdout, /decompose[\s\S]*dispatch/);
    for (const words of [["kanban", "create", "-h"], ["help", "kanban", "create"]]) {
      const { stdout } = await ok(words);
      assert.match(stdout, /Usage: hermes kanban create \[options\] <title>/);
      assert.match(stdout, /--max-runtime <\w+>[\s\S]*Examples:\n {2}hermes kanban create/);
    }
    const bare = await run(["kanban", "boards"]);
    assert.deepEqual([bare.code, bare.stdout], [2, ""]);
    assert.match(bare.stderr, /Usage: hermes kanban boards/);
    await assert.rejects(Deno.stat(home), Deno.errors.NotFound, "help touches no home");
  }));

Deno.test("U-004 a board that does not exist is an error and is not made by looking for it", () =>
  inWorld(async ({ run, ok, json, home }) => {
    const typo = await run(["kanban", "--board", "relase", "list"]);
    assert.equal(typo.code, 1);
    assert.match(typo.stderr, /board "relase": no such board[\s\S]*hermes kanban /);
    await ok(["kanban", "--board", "release", "init"]);
    await ok(["kanban", "create", "on release", "--board", "release"]);
    assert.equal((await json(["kanban", "--board", "RELEASE", "list"])).length, 1);
    assert.equal((await json(["kanban", "list"])).length, 0, "S-002");
    assert.ok((await Deno.stat(join(home, "kanban", "boards", "release", "kanban.db"))).isFile);
  }));

Deno.test("S-003 a process whose home is a profile's folder works on the shared board", () =>
  inWorld(async ({ ok, json, home }) => {
    await ok(["profile", "create", "writer"]);
    const env = { HERMES_HOME: join(home, "profiles", "writer") };
    await ok(["kanban", "create", "shared", "--assignee", "writer"], { env });
    assert.equal((await json(["kanban", "list"])).length, 1);
    assert.equal((await json(["kanban", "list", "--mine"], { env })).length, 1);
    assert.equal((await json(["-p", "writer", "kanban", "list", "--mine"])).length, 1);
    assert.equal((await json(["kanban", "list", "--mine"])).length, 0);
  }));

Deno.test("U-069 a damaged board is named and left exactly as it is", () =>
  inWorld(async ({ run, home }) => {
    await Deno.mkdir(home, { recursive: true });
    const file = join(home, "kanban.db");
    for (
      const text of ["this is no database, and longer than a header", "SQLite format 3\0garbage"]
    ) {
      await Deno.writeTextFile(file, text);
      const { code, stderr } = await run(["kanban", "list"]);
      assert.equal(code, 1);
      assert.match(stderr, /kanban\.db[\s\S]*left untouched/);
      assert.equal(await Deno.readTextFile(file), text);
    }
  }));

Deno.test("a home that cannot be written is named, with what to do", () =>
  inWorld(async ({ run, home }) => {
    const parent = join(home, "..", "a-file");
    await Deno.writeTextFile(parent, "");
    const { code, stderr } = await run(["kanban", "list"], {
      env: { HERMES_HOME: join(parent, "home") },
    });
    assert.equal(code, 1);
    assert.match(stderr, /a-file[\s\S]*not a directory\n.*another location/);
  }));

Deno.test("R-24 a corrupt config.yaml is named with its line where it matters, and does not matter for list", () =>
  inWorld(async ({ ok, run, json, home }) => {
    const { id } = await json(["kanban", "create", "x"]);
    const file = join(home, "config.yaml");
    await Deno.writeTextFile(file, "kanban:\n  claim_ttl_seconds: 30\n  broken: [\n");
    await ok(["kanban", "list"]);
    const { code, stderr } = await run(["kanban", "claim", id]);
    assert.equal(code, 1);
    assert.match(stderr, /config\.yaml[\s\S]*line \d/);
    assert.equal((await json(["kanban", "show", id])).task.status, "ready");
    await Deno.writeTextFile(file, "kanban:\n  claim_ttl_seconds: soon\n");
    const typed = await run(["kanban", "claim", id]);
    assert.match(typed.stderr, /claim_ttl_seconds/);
  }));

Deno.test("a reader that goes away ends the output quietly", () =>
  inWorld(async ({ home }) => {
    const words = programCommand().map((word) => `'${word}'`).join(" ");
    const shell = new Deno.Command("sh", {
      args: ["-c", `${words} kanban --help | head -1`],
      env: { HERMES_HOME: home },
      stdout: "piped",
      stderr: "piped",
    });
    const { stdout, stderr } = await shell.output();
    assert.match(new TextDecoder().decode(stdout), /^Usage/);
    assert.equal(new TextDecoder().decode(stderr), "");
  }));

Deno.test("NO_COLOR and --no-color print plain; FORCE_COLOR colours a pipe", () =>
  inWorld(async ({ ok, json }) => {
    await json(["kanban", "create", "x \x1b[31mred\x1b[0m\x07"]);
    const list = async (words: string[], env: Record<string, string>) =>
      (await ok([...words, "kanban", "list"], { env })).stdout;
    assert.ok(!(await list([], {})).includes("\x1b"), "codes inside a title are taken out");
    assert.ok((await list([], { FORCE_COLOR: "1" })).includes("\x1b["));
    assert.ok(!(await list([], { FORCE_COLOR: "1", NO_COLOR: "1" })).includes("\x1b"));
    assert.ok(!(await list(["--no-color"], { FORCE_COLOR: "1" })).includes("\x1b"));
  }));

Deno.test("an unknown key of config.yaml is told with a suggestion by commands that read it", () =>
  inWorld(async ({ run, json, home }) => {
    const { id } = await json(["kanban", "create", "x"]);
    await Deno.writeTextFile(join(home, "config.yaml"), "kanban:\n  claim_ttl_second: 30\n");
    const { code, stderr } = await run(["kanban", "claim", id]);
    assert.equal(code, 0);
    assert.match(stderr, /^warn: .*claim_ttl_second.*claim_ttl_seconds/);
  }));
