// Owns: the proof of the profile verbs, run as real processes.

import assert from "node:assert/strict";
import { join } from "node:path";
import { startRehearsal } from "../../src/rehearsal/server.ts";
import { inWorld } from "../harness/program.ts";

Deno.test("S-153 S-154 S-155 S-156 profile create, list, show and describe", () =>
  inWorld(async ({ ok, run, json, home }) => {
    const made = await ok(["profile", "create", "Writer", "--description", "Writes prose"]);
    assert.match(made.stdout, /^Created profile writer {2}\(.*profiles\/writer\)\n$/);
    await ok(["profile", "create", "ops"]);
    const listed = (await ok(["profile", "list"])).stdout;
    assert.match(listed, /^writer +- +Writes prose$/m);
    assert.match(listed, /^ops +- +\(no description\)$/m);
    assert.deepEqual(
      (await json(["profile", "list"])).map((it: { name: string }) => it.name),
      ["default", "ops", "writer"],
    );
    assert.equal((await json(["profile", "show", "writer"])).description_auto, false);
    assert.equal((await ok(["profile", "describe", "writer"])).stdout, "Writes prose\n");
    assert.match((await ok(["profile", "describe", "ops"])).stdout, /^\(no description/);
    await ok(["profile", "describe", "ops", "--text", "Runs servers"]);
    assert.equal((await ok(["profile", "describe", "ops"])).stdout, "Runs servers\n");
    await assert.rejects(Deno.stat(join(home, "kanban.db")), "no board is needed for this");
    const wrong: [string[], number, RegExp][] = [
      [["profile", "create", "writer"], 1, /exists already/],
      [["profile", "create", "all"], 1, /reserved/],
      [["profile", "create", "a b"], 1, /malformed/],
      [["profile", "show", "wrter"], 1, /profile not found\nDid you mean "writer"/],
      [["profile", "describe", "nobody"], 1, /profile not found/],
    ];
    for (const [words, code, message] of wrong) {
      const refused = await run(words);
      assert.equal(refused.code, code, words.join(" "));
      assert.match(refused.stderr, message);
    }
  }));

Deno.test("S-159 profile describe: what does not go together is a usage error", () =>
  inWorld(async ({ run }) => {
    for (
      const words of [
        [],
        ["--all"],
        ["default", "--text", "t", "--auto"],
        ["--text", "t", "--all"],
        ["default", "--overwrite"],
        ["default", "--all", "--auto"],
      ]
    ) {
      const { code, stderr } = await run(["profile", "describe", ...words]);
      assert.equal(code, 2, words.join(" "));
      assert.match(stderr, /profile describe --help/);
    }
  }));

Deno.test("S-157 S-158 S-159 profile describe --auto asks the model and never overwrites a person unasked", () =>
  inWorld(async ({ ok, run, home }) => {
    const model = await startRehearsal();
    try {
      await ok(["profile", "create", "writer", "--description", "By hand"]);
      await ok(["profile", "create", "ops"]);
      const none = await run(["profile", "describe", "ops", "--auto"]);
      assert.equal(none.code, 1);
      assert.match(none.stderr, /no auxiliary client configured/);
      await Deno.writeTextFile(
        join(home, "config.yaml"),
        `model:\n  provider: custom\n  default: rehearsal\n  base_url: ${model.url}\n`,
      );
      const kept = await run(["profile", "describe", "writer", "--auto"]);
      assert.equal(kept.code, 1);
      assert.match(kept.stderr, /--overwrite/);
      const all = await ok(["profile", "describe", "--all", "--auto", "--json"]);
      const outcomes = all.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
      assert.deepEqual(outcomes.map(({ profile, ok }) => [profile, ok]), [
        ["default", true],
        ["ops", true],
      ]);
      assert.match((await ok(["profile", "describe", "ops"])).stdout, /^\[auto\] \S/);
      assert.equal((await ok(["profile", "describe", "writer"])).stdout, "By hand\n");
      const again = await ok(["profile", "describe", "--all", "--auto"]);
      assert.equal(again.stdout, "Every profile has a description.\n");
    } finally {
      await model.stop();
    }
  }));
