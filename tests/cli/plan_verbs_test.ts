// Owns: the proof of proposing, showing, changing, approving and discarding plans, as real processes.

import assert from "node:assert/strict";
import { join } from "node:path";
import type { World } from "../harness/program.ts";
import { withTeam } from "./team.ts";

async function idea({ json }: World, title: string): Promise<string> {
  return (await json(["kanban", "create", title, "--triage"])).id;
}

async function count({ json }: World): Promise<number> {
  return (await json(["kanban", "list"])).length;
}

Deno.test("decompose --plan draws the graph and creates nothing; approve creates it in one go", () =>
  withTeam(async (world) => {
    const { ok, run, json } = world;
    const id = await idea(world, "Publish a small static site about tides");
    const { stdout } = await ok(["kanban", "decompose", id, "--plan"]);
    const drawing = [
      "▶    1  researcher             Collect the facts about tides",
      "│ ▶  2  default                Prepare the page layout",
      "├─╯",
      "◻    3  writer      after 1 2  Write the tides page",
      "◻    4  reviewer    after 3    Review the tides site",
      "",
      "Side by side: 1 2, then 3, then 4",
    ];
    assert.ok(stdout.includes(drawing.join("\n")), stdout);
    assert.match(stdout, /Why these profiles\n {2}1 {2}researcher: The script wants researcher/);
    assert.equal(await count(world), 1);
    assert.equal((await ok(["kanban", "plan", "show", id])).stdout.includes(drawing[0]!), true);
    const { gates } = await json(["kanban", "why", id]);
    assert.equal(gates[0].gate, "plan_proposed");

    const approved = await ok(["kanban", "plan", "approve", id]);
    assert.match(
      approved.stdout,
      new RegExp(`^Decomposed ${id} → 4 children \\(t_.+\\); root promoted to todo\\n$`),
    );
    assert.equal(await count(world), 5);
    const { task, comments } = await json(["kanban", "show", id]);
    assert.deepEqual([task.status, comments[0].author], ["todo", "user"]);
    for (const verb of ["approve", "show", "discard", "edit"]) {
      const { code, stderr } = await run(["kanban", "plan", verb, id]);
      assert.equal(code, 1);
      assert.match(
        stderr,
        new RegExp(`Cannot ${verb} plan of task "${id}": there is no open prop`),
      );
    }
    assert.equal(await count(world), 5);
  }));

Deno.test("plan edit changes single things by the numbers shown, and refuses by name what cannot be", () =>
  withTeam(async (world) => {
    const { ok, run, json } = world;
    const id = await idea(world, "Publish a small static site about tides");
    await ok(["kanban", "decompose", id, "--plan"]);
    const edit = (...words: string[]) => ["kanban", "plan", "edit", id, ...words];
    const edited = await ok(
      edit("--set-assignee", "2=writer", "--set-title", "1=Find = facts", "--remove", "4")
        .concat(["--add-task", "Check", "--add-parent", "5:1", "--remove-parent", "3:2"]),
    );
    assert.match(
      edited.stdout,
      /^Changed task 1: title; task 2: assignee; task 3: parents; task 4:/,
    );
    const { tasks } = await json(["kanban", "plan", "show", id]);
    assert.deepEqual(
      tasks.map((it: Record<string, unknown>) => [it["title"], it["assignee"], it["parents"]]),
      [
        ["Find = facts", "researcher", []],
        ["Prepare the page layout", "writer", []],
        ["Write the tides page", "writer", [0]],
        ["Check", "default", [0]],
      ],
    );
    for (
      const [words, code, said] of [
        [
          ["--set-assignee", "2=wirter"],
          1,
          /task 2 "Prepare.*no profile "wirter"\nDid you mean "wr/,
        ],
        [["--add-parent", "1:3"], 1, /task 1 after task 3 after task 1/],
        [["--remove", "7"], 1, /there is no task 7/],
        [["--set-title", "one=x"], 2, /Cannot read --set-title "one=x": expected <number>=<text>/],
        [["--add-parent", "1"], 2, /expected <number>:<number of its parent>/],
        [[], 2, /no change is given/],
        [["--remove", "1", "--file", "-"], 2, /given twice/],
        [["--file", "nowhere.yaml"], 1, /nowhere.yaml": it does not exist/],
        [["--only-plan", "99", "--remove", "1"], 1, /plan 99 was replaced by plan 1/],
      ] as [string[], number, RegExp][]
    ) {
      const refused = await run(edit(...words), { stdin: "" });
      assert.deepEqual([refused.code, refused.stdout], [code, ""], words.join(" "));
      assert.match(refused.stderr, said);
    }
    assert.deepEqual((await json(["kanban", "plan", "show", id])).tasks, tasks);
    assert.equal(
      (await ok(edit("--set-assignee", "2=writer"))).stdout,
      `Nothing changed in the plan for ${id}.\n`,
    );
  }));

Deno.test("plan edit prints a form and takes it back, from a file or standard input", () =>
  withTeam(async (world) => {
    const { ok, json, home } = world;
    const id = await idea(world, "Publish a small static site about tides");
    await ok(["kanban", "decompose", id, "--plan"]);
    const before = await json(["kanban", "plan", "show", id]);
    const form = (await ok(["kanban", "plan", "edit", id, "--print-form"])).stdout;
    const file = join(home, "plan.yaml");
    await Deno.writeTextFile(file, form);
    const same = await ok(["kanban", "plan", "edit", id, "--file", file]);
    assert.equal(same.stdout, `Nothing changed in the plan for ${id}.\n`);
    const changed = form.replace("Prepare the page layout", "Draw a layout");
    const stdin = { stdin: changed };
    assert.match(
      (await ok(["kanban", "plan", "edit", id, "--file", "-"], stdin)).stdout,
      /^Changed task 2: title\./,
    );
    const after = await json(["kanban", "plan", "show", id]);
    before.tasks[1].title = "Draw a layout";
    assert.deepEqual(after.tasks, before.tasks);
  }));

Deno.test("approve refuses a plan whose task was changed or has moved on, --anyway overrules the first", () =>
  withTeam(async (world) => {
    const { ok, run } = world;
    const id = await idea(world, "Any idea at all");
    await ok(["kanban", "decompose", id, "--plan"]);
    await ok(["kanban", "edit", id, "--body", "typed since"]);
    const stale = await run(["kanban", "plan", "approve", id]);
    assert.equal(stale.code, 1);
    assert.match(stale.stderr, /text was changed since the plan was made\n.*--anyway/);
    const shown = await ok(["kanban", "plan", "show", id]);
    assert.match(shown.stdout, /Remarks\n {2}The task's text was changed since/);
    await ok(["kanban", "move", id, "todo"]);
    const moved = await run(["kanban", "plan", "approve", id, "--anyway"]);
    assert.equal(moved.code, 1);
    assert.match(moved.stderr, /not in triage: its status is todo/);
    await ok(["kanban", "move", id, "triage"]);
    await ok(["kanban", "plan", "approve", id, "--anyway"]);
  }));

Deno.test("a new --plan replaces the open one; discard drops it and the task stays", () =>
  withTeam(async (world) => {
    const { ok, json } = world;
    const id = await idea(world, "Any idea at all");
    await ok(["kanban", "decompose", id, "--plan"]);
    await ok(["kanban", "plan", "edit", id, "--remove", "1"]);
    const again = JSON.parse((await ok(["kanban", "decompose", id, "--plan", "--json"])).stdout);
    assert.deepEqual([again.ok, again.child_ids, again.plan.tasks.length], [true, [], 3]);
    const shown = await json(["kanban", "plan", "show", id]);
    assert.equal(shown.id, again.plan.id);
    assert.equal(
      (await ok(["kanban", "plan", "discard", id])).stdout,
      `Discarded the plan for ${id}; the task stays in triage.\n`,
    );
    assert.equal((await json(["kanban", "show", id])).task.status, "triage");
  }));

Deno.test("S-132 a plan for a task that stays one shows its text, and approving specifies it", () =>
  withTeam(async (world) => {
    const { ok, json } = world;
    const id = await idea(world, "Mend a typo");
    const { stdout } = await ok(["kanban", "plan", "propose", id]);
    assert.match(stdout, /It stays one task for writer: Mend a typo\n\n {4}Goal: Mend a typo/);
    const approved = await ok(["kanban", "plan", "approve", id]);
    assert.equal(approved.stdout, `Specified ${id} → todo (no fanout)\n`);
    const { task } = await json(["kanban", "show", id]);
    assert.deepEqual([task.status, task.assignee], ["ready", "writer"]);
  }));

Deno.test("S-133 a plan that cannot be made says why, and an earlier one stays", () =>
  withTeam(async (world) => {
    const { ok, run, json } = world;
    const id = await idea(world, "Any idea at all");
    await ok(["kanban", "decompose", id, "--plan"]);
    await ok(["kanban", "edit", id, "--title", "A malformed idea"]);
    for (const words of [["decompose", id, "--plan"], ["plan", "propose", id]]) {
      const { code, stderr } = await run(["kanban", ...words]);
      assert.equal(code, 1);
      assert.match(stderr, /LLM returned malformed JSON/);
    }
    assert.equal((await json(["kanban", "plan", "show", id])).tasks.length, 3);
    const all = await run(["kanban", "decompose", "--all", "--plan", "--json"]);
    assert.deepEqual([all.code, JSON.parse(all.stdout).ok], [1, false]);
  }));
