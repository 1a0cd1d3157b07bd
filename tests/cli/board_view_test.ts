// Owns: the proof that the board looks like the board, in every width, with and without Unicode.

import assert from "node:assert/strict";
import { text } from "../../src/cli/render/board.ts";
import { displayWidth } from "../../src/cli/table.ts";
import { painter, type Screen } from "../../src/cli/terminal.ts";
import type { BoardOutput } from "../../src/ops/views/board.ts";
import { inWorld } from "../harness/program.ts";

const now = 1_000_000;

function screen(width: number): Screen {
  return { width, now, paint: painter(false) };
}

/** A board with the given number of tasks per status. */
function boardOf(counts: Record<string, number>): BoardOutput {
  const columns = Object.entries(counts).map(([status, count]) => ({
    status,
    count,
    cards: Array.from({ length: Math.min(count, 3) }, (_, n) => ({
      id: `t_${n}`,
      title: `${status} 日本🚀 task with a rather long title, number ${n}`,
      assignee: n === 0 ? null : "writer",
      priority: 0,
      since: now - 3600 * n - 5,
    })),
  }));
  return { board: "default", columns, now };
}

const full = boardOf({ triage: 1, todo: 0, ready: 5, running: 2, blocked: 0, done: 3, review: 1 });

Deno.test("the board stands in columns where they fit and in a list where they do not; no line is too wide", () => {
  for (let width = 40; width <= 200; width++) {
    const lines = text(full, screen(width)).split("\n");
    for (const line of lines) assert.ok(displayWidth(line) <= width, `${width}: ${line}`);
  }
  const wide = text(full, screen(120)).split("\n");
  assert.match(wide[2]!, /triage 1 .*ready 5 .*running 2 .*done 3 .*review 1/);
  const narrow = text(full, screen(60)).split("\n");
  const headings = narrow.filter((line) => /^\S/.test(line) && / \d+$/.test(line));
  assert.deepEqual(headings, ["◇ triage 1", "▶ ready 5", "● running 2", "✓ done 3", "? review 1"]);
  assert.equal(narrow.at(-1), "empty: todo, blocked");
  assert.match(narrow[0]!, /^default {2}12 tasks, 2 running$/);
  assert.ok(narrow.includes("   2 more"), "ready has five, three are shown");
});

Deno.test("columns start below each other whatever is in the cards", () => {
  const lines = text(full, screen(120)).split("\n");
  const begin = displayWidth(lines[2]!.slice(0, lines[2]!.indexOf("●")));
  const bodies = lines.slice(4).filter((line) => line.includes("running"));
  assert.ok(bodies.length > 0);
  for (const line of bodies) {
    assert.equal(displayWidth(line.slice(0, line.indexOf("running"))), begin);
  }
});

Deno.test("what is running shows its seconds, all else one unit of its age", () => {
  const shown = text(boardOf({ ready: 2, running: 2 }), screen(80));
  assert.match(shown, /t_1 1h writer/);
  assert.match(shown, /t_1 1h0m writer/);
  const past = boardOf({ running: 1 });
  past.columns[0]!.cards[0]!.since = now + 60;
  assert.match(text(past, screen(80)), /t_0 0s/, "S-074 a clock that was set back");
});

Deno.test("hermes kanban shows the board; --json, --board, COLUMNS, NO_COLOR, --ascii and LANG=C are heard", () =>
  inWorld(async ({ ok, json, run }) => {
    const none = await ok(["kanban"]);
    assert.match(none.stdout, /^\(no tasks yet\)\nCreate the first: hermes kanban create/);
    const { id } = await json(["kanban", "create", "A task — für Émile", "--assignee", "w"]);
    await ok(["kanban", "create", "an idea", "--triage"]);
    const claimed = await json(["kanban", "create", "at work"]);
    await ok(["kanban", "claim", claimed.id]);

    const { columns, board } = await json(["kanban"]);
    assert.equal(board, "default");
    assert.deepEqual(
      columns.map(({ status, count }: { status: string; count: number }) => `${status} ${count}`),
      ["triage 1", "todo 0", "ready 1", "running 1", "blocked 0", "done 0"],
    );
    assert.equal(columns[2].cards[0].id, id);
    assert.match(
      (await ok(["kanban"])).stdout,
      /▶ ready 1\n {3}t_\w+ {2}\d+s {2}w {2}A task — für/,
    );
    const wide = await ok(["kanban"], { env: { COLUMNS: "100" } });
    assert.match(wide.stdout, /◇ triage 1 +▶ ready 1 +● running 1\n─+ {2}─+ {2}─+\n/);
    for (const plain of [{ args: ["--ascii"] }, { env: { LANG: "C" } }]) {
      const { stdout } = await ok(["kanban", ...plain.args ?? []], { env: plain.env });
      assert.match(stdout, /> ready 1\n {3}t_\w+ {2}\d+s {2}w {2}A task - für Émile/);
    }
    const list = await ok(["kanban", "list", "--ascii"]);
    assert.match(list.stdout, /^> /m);
    const coloured = { FORCE_COLOR: "1" };
    const escape = "\u001b[";
    assert.ok((await ok(["kanban"], { env: coloured })).stdout.includes(escape));
    for (const off of [{ args: ["--no-color"] }, { env: { NO_COLOR: "1" } }]) {
      const { stdout } = await ok(["kanban", ...off.args ?? []], {
        env: { ...coloured, ...off.env },
      });
      assert.ok(!stdout.includes(escape));
    }
    assert.match((await ok(["kanban", "--board", "x", "init"])).stdout, /x/);
    assert.match((await ok(["kanban", "--board", "x"])).stdout, /no tasks yet/);
    assert.equal((await run(["kanban", "--frobnicate"])).code, 2);
  }));
