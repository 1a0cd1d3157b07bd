// Owns: the proof that every operation is fit for every surface that derives from it.

import assert from "node:assert/strict";
import { z } from "zod";
import { rendered } from "../../src/cli/render/all.ts";
import { fieldsOf } from "../../src/cli/fields.ts";
import { route } from "../../src/cli/route.ts";
import { findEntry, registry } from "../../src/ops/registry.ts";

const verbs = [
  ..."init create list show assign link unlink claim comment complete block unblock archive".split(
    " ",
  ),
  ..."heartbeat runs context stats log tail watch dispatch decompose assignees".split(" "),
  ..."notify-subscribe notify-list notify-unsubscribe daemon schedule edit promote reclaim".split(
    " ",
  ),
  ..."reassign move attach attachments detach".split(" "),
];

Deno.test("U-004 every verb of boards that was promised is there, under each of its names", () => {
  const names = "list|ls create|new rm|remove switch|use show|current rename set-default-workdir";
  for (const same of names.split(" ").map((words) => words.split("|"))) {
    const [entry] = same.map((word) => findEntry("kanban boards", word));
    assert.ok(entry, same[0]);
    for (const word of same) assert.equal(findEntry("kanban boards", word), entry, word);
  }
  // `delete` is not another name of `rm`: it deletes for good.
  assert.notEqual(findEntry("kanban boards", "delete"), findEntry("kanban boards", "rm"));
});

Deno.test("S-166 S-186 S-191 S-192 every verb that was promised is there, and ls means list", () => {
  for (const verb of verbs) assert.ok(findEntry("kanban", verb), verb);
  for (const verb of ["create", "list", "show", "describe"]) assert.ok(findEntry("profile", verb));
  assert.equal(findEntry("kanban", "ls"), findEntry("kanban", "list"));
});

Deno.test("each operation has words, a summary, a description per field, a renderer and examples that name it", async () => {
  assert.deepEqual(
    [...rendered].sort(),
    registry.map(({ group, verb }) => `${group} ${verb}`).sort(),
  );
  for (const entry of registry) {
    const operation = await entry.load();
    const words = `${entry.group} ${entry.verb}`;
    assert.equal(`${operation.group} ${operation.name}`, words);
    assert.match(operation.summary, /^[A-Z].*[^.]$/, words);
    for (const field of fieldsOf(operation.input)) {
      assert.notEqual(field.description, "", `${words}: ${field.name}`);
    }
    const examples = operation.cli?.examples ?? [];
    assert.ok(examples.length > 0, words);
    for (const example of examples) {
      const typed = route(example.split(" ").slice(1));
      assert.equal(findEntry(entry.group, typed.verb ?? "")?.verb, entry.verb, example);
    }
  }
});

Deno.test("overlays only name fields that exist", async () => {
  for (const entry of registry) {
    const { input, cli, tool, ownTask, redact, name } = await entry.load();
    const fields = Object.keys(input.shape);
    const named = [
      ...(cli?.args ?? []).map((arg) => arg.replace("...", "")),
      ...Object.keys(cli?.fields ?? {}),
      ...(cli?.single ?? []),
      ...(cli?.each ? [cli.each] : []),
      ...(tool?.omit ?? []),
      ...Object.keys(tool?.fixed ?? {}),
      ...(tool?.required ?? []),
      ...(tool?.oneOf ?? []),
      ...(tool?.ownTask ? [tool.ownTask] : []),
      ...(tool?.limit ? [tool.limit.field] : []),
      ...(ownTask ? [ownTask] : []),
      ...(redact?.always ?? []),
      ...(redact?.fromAgents ?? []),
    ];
    for (const field of named) assert.ok(fields.includes(field), `${name}: ${field}`);
  }
});

Deno.test("S-198 S-208 the tools are the nine that were promised, none of them in bulk; schemas are objects", async () => {
  const names: string[] = [];
  for (const entry of registry) {
    const { tool, input, output } = await entry.load();
    assert.equal(z.toJSONSchema(input, { io: "input" }).type, "object", entry.verb);
    z.toJSONSchema(output);
    if (!tool) continue;
    names.push(tool.name);
    assert.ok(!("task_ids" in input.shape), tool.name);
  }
  assert.deepEqual(
    names.sort(),
    "block comment complete create heartbeat link list show unblock".split(" ")
      .map((name) => `kanban_${name}`),
  );
});
