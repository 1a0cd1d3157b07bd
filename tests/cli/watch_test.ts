// Owns: the proof of what `watch` and `tail` print when they begin in the past, and of its colours.

import assert from "node:assert/strict";
import { kindColours } from "../../src/cli/render/event_line.ts";
import { eventKinds } from "../../src/kernel/model/status.ts";
import { inWorld, until } from "../harness/program.ts";

Deno.test("S-179 watch --since prints the past, then what another process commits, one JSON event a line", () =>
  inWorld(async ({ start, ok, json }) => {
    await ok(["kanban", "create", "before"]);
    const watching = start(["kanban", "watch", "--since", "1h", "--kinds", "created", "--json"]);
    await until("the past is printed", () => watching.output().includes("before"));
    const { id } = await json(["kanban", "create", "after", "--assignee", "default"]);
    await until(
      "the new one is printed",
      () => watching.output().endsWith("}\n") && watching.output().includes(id),
    );
    watching.signal("SIGINT");
    const { stdout, stderr } = await watching.ended;
    const events = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(events.map(({ kind, title }) => [kind, title]), [
      ["created", "before"],
      ["created", "after"],
    ]);
    assert.equal(stderr, "");
  }));

Deno.test("S-179 watch and tail colour by kind; every kind has a colour", () =>
  inWorld(async ({ start, ok, json }) => {
    assert.deepEqual(eventKinds.filter((kind) => !kindColours.has(kind)), []);
    const { id } = await json(["kanban", "create", "x"]);
    await ok(["kanban", "complete", id]);
    for (const words of [["watch", "--after", "0"], ["tail", id, "--kinds", "completed"]]) {
      const following = start(["kanban", ...words], { env: { FORCE_COLOR: "1" } });
      await until("the completion is printed", () => following.output().includes("completed"));
      following.signal("SIGTERM");
      const { stdout } = await following.ended;
      assert.ok(stdout.includes("\x1b[32mcompleted"), stdout);
      assert.equal(stdout.includes("created"), words[0] === "watch");
    }
  }));
