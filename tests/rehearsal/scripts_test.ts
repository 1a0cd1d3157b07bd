// Owns: proof that every scripted idea is a sound graph whose workers do real work.

import assert from "node:assert/strict";
import { ideaFor } from "../../src/rehearsal/scripts/all.ts";
import { ask, type PlayTask, playWorker } from "./play.ts";

const roster = ["researcher", "writer", "backend-eng", "reviewer", "ops"];
const rosterText = roster.map((name) => `- ${name}: does the work of a ${name}`).join("\n");

const ideas = [
  "Publish a small static site about tides",
  "Compare three ways to back up a home server",
  "Write a command-line unit converter with tests",
  "Plan the garden for spring",
];

interface PlannedTask {
  title: string;
  body: string;
  assignee: string | null;
  parents: number[];
}

function plan(title: string): Record<string, unknown> {
  const reply = ask([
    { role: "system", content: `Answer with bare JSON: {"fanout": true, "tasks": []}.` },
    { role: "user", content: `Title: ${title}\nBody: (none)\n\nProfiles:\n${rosterText}` },
  ]);
  assert.equal(reply.kind, "text");
  return JSON.parse(reply.kind === "text" ? reply.text : "");
}

for (const idea of ideas) {
  Deno.test(`S-126 planner script answers a sound graph: ${idea}`, () => {
    const answered = plan(idea);
    assert.equal(answered.fanout, true);
    assert.match(String(answered.rationale), /^Scripted plan/);
    const tasks = answered.tasks as PlannedTask[];
    assert.ok(tasks.length >= 3 && tasks.length <= 4);
    for (const [index, task] of tasks.entries()) {
      assert.ok(roster.includes(task.assignee ?? ""), `${task.title} → ${task.assignee}`);
      assert.match(task.body, /Goal[^]*Approach[^]*Acceptance/);
      assert.ok(task.parents.every((parent) => parent >= 0 && parent < index));
    }
  });

  Deno.test(`S-126 scripted workers finish every child and the root: ${idea}`, async () => {
    const home = await Deno.makeTempDir({ prefix: "rehearsal with space " });
    try {
      const board = new Map<string, PlayTask>();
      const tasks = plan(idea).tasks as PlannedTask[];
      for (const [index, planned] of tasks.entries()) {
        const id = `t_${index}`;
        const workspace = `${home}/${id}`;
        await Deno.mkdir(workspace);
        const parents = planned.parents.map((parent) => `t_${parent}`);
        const { title, body, assignee } = planned;
        board.set(id, { id, title, body, assignee: assignee!, workspace, parents });
        const played = await playWorker(board, id);
        assert.equal(played.blocked, null);
        assert.ok(played.handoff, `${title} never completed: ${JSON.stringify(played.last)}`);
        assert.doesNotMatch(JSON.stringify(played.handoff), /\{\{|:\s*""/);
        for (const file of played.handoff.metadata.changed_files as string[]) {
          assert.ok((await Deno.stat(`${workspace}/${file}`)).isFile, `${file} is missing`);
        }
        board.get(id)!.runs = [{ outcome: "completed", ...played.handoff }];
      }
      const parents = [...board.keys()];
      const events = [{ kind: "decomposed" }];
      board.set("t_root", { id: "t_root", title: idea, workspace: home, parents, events });
      const root = await playWorker(board, "t_root");
      assert.deepEqual(root.handoff?.metadata.judged, parents);
      assert.equal(root.handoff?.summary.split("\n").length, parents.length + 1);
    } finally {
      await Deno.remove(home, { recursive: true });
    }
  });
}

Deno.test("the converter script's own tests ran and all passed", async () => {
  const home = await Deno.makeTempDir();
  try {
    const [factors, program, tests] = ideaFor("converter").tasks;
    const board = new Map<string, PlayTask>();
    const add = async (id: string, title: string, parents: string[]) => {
      board.set(id, { id, title, workspace: home, parents });
      const { handoff } = await playWorker(board, id);
      board.get(id)!.runs = [{ outcome: "completed", ...handoff }];
      return handoff?.summary;
    };
    await add("a", factors!.title, []);
    await add("b", program!.title, ["a"]);
    assert.equal(await add("c", tests!.title, ["b"]), "9 of 9 tests passed.");
    await Deno.writeTextFile(`${home}/convert.sh`, "echo 42\n");
    board.set("d", { id: "d", title: tests!.title, workspace: home, parents: ["b"] });
    const broken = await playWorker(board, "d");
    assert.equal(broken.handoff, null);
    assert.match(broken.blocked ?? "", /exit code 1[^]*0 of 9 tests passed/);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});

Deno.test("S-127 planner script keeps a single task whole", () => {
  const answered = plan("Fix the typo in the greeting");
  assert.equal(answered.fanout, false);
  assert.equal(answered.title, "Fix the typo in the greeting");
  assert.equal(answered.assignee, "writer");
});

Deno.test("planner script leaves the assignee open when no listed profile fits", () => {
  const reply = ask([{
    role: "user",
    content: `{"fanout": true}\nTitle: About tides, for any writer\n- gardener: grows things`,
  }]);
  const { tasks } = JSON.parse(reply.kind === "text" ? reply.text : "");
  assert.ok((tasks as PlannedTask[]).every((task) => task.assignee === null));
});

Deno.test("planner script obeys the words for broken planners", () => {
  const prompt = (title: string) => [{ role: "user", content: `"fanout"\nTitle: ${title}` }];
  const malformed = ask(prompt("A malformed plan"));
  assert.throws(() => JSON.parse(malformed.kind === "text" ? malformed.text : "{}"));
  assert.equal(ask(prompt("hang-planner please")).kind, "silence");
  for (const status of [500, 429]) {
    const reply = ask(prompt(`Give me error-${status}`));
    assert.equal(reply.kind === "failure" && reply.status, status);
  }
});

Deno.test("S-157 describer script answers a description", () => {
  const reply = ask([{ role: "user", content: `Answer {"description": "…"}.\nName: ops` }]);
  assert.match(reply.kind === "text" ? reply.text : "", /"description":"Scripted .*ops/);
});
