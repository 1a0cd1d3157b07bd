// Owns: the proof that the live board follows the board and the keys, fits every screen, and gives the terminal back.

import assert from "node:assert/strict";
import { drawLive, pageOf } from "../../src/cli/live/draw.ts";
import { readKeys } from "../../src/cli/live/keys.ts";
import { type LivePorts, runLive } from "../../src/cli/live/live_board.ts";
import { begin, type Effect, press, refresh, type State } from "../../src/cli/live/state.ts";
import { displayWidth } from "../../src/cli/table.ts";
import { painter, type Screen } from "../../src/cli/terminal.ts";
import type { BoardOutput } from "../../src/ops/views/board.ts";
import { sleep } from "../../src/platform/timers.ts";
import { inWorld } from "../harness/program.ts";

const now = 1_000_000;
const screen: Screen = { width: 100, now, paint: painter(false) };

/** A board; `ready: "ab"` puts the tasks a and b into that column. */
function boardOf(columns: Record<string, string>): BoardOutput {
  return {
    board: "default",
    now,
    columns: Object.entries(columns).map(([status, ids]) => ({
      status,
      count: ids.length,
      cards: [...ids].map((id) => ({
        id,
        title: `Task ${id}: 日本 🚀 and a title that goes on and on`,
        assignee: "writer",
        priority: 0,
        since: now - 90,
      })),
    })),
  };
}

const view = boardOf({ triage: "a", todo: "", ready: "bcd", running: "e", done: "fg" });

/** The state and the last effect after keys; lower-case words of two letters and more are names of keys. */
function after(keys: string, state: State = begin(view)): { state: State; effect?: Effect } {
  let effect: Effect | undefined;
  for (const key of keys.split(" ")) ({ state, effect } = press(state, key, 10));
  return { state, effect };
}

Deno.test("readKeys() tells arrows, Enter, Escape and characters apart, also several at once", () => {
  assert.deepEqual(readKeys("\x1b[A\x1bOB\x1b[C\x1b[D"), ["up", "down", "right", "left"]);
  assert.deepEqual(readKeys("\x1b"), ["escape"]);
  assert.deepEqual(readKeys("aé🚀\r\x7f\x03"), ["a", "é", "🚀", "enter", "backspace", "interrupt"]);
  assert.deepEqual(readKeys("\x1b[200~\x1b[1;5C\x00x"), ["x"], "what means nothing is left out");
});

Deno.test("arrows walk over the filled columns and stop at the edges", () => {
  const at = (keys: string) => after(keys).state.selected;
  assert.equal(begin(view).selected, "a");
  assert.equal(at("right"), "b", "the empty column is passed over");
  assert.equal(at("right down down down"), "d");
  assert.equal(at("right end right"), "e", "a shorter column takes its last");
  assert.equal(at("left up"), "a");
  assert.equal(at("right right right right right"), "f");
  assert.equal(begin(boardOf({ ready: "" })).selected, null);
  const nothing = after("right enter c", begin(boardOf({ ready: "" })));
  assert.deepEqual([nothing.state.mode.kind, nothing.effect], ["board", undefined]);
});

Deno.test("nothing is done to a task before it was confirmed", () => {
  assert.equal(after("c").effect, undefined);
  assert.equal(after("c d o n e escape").effect, undefined);
  assert.equal(after("c escape").state.message, "Nothing was changed.");
  const done = after("c o k k backspace enter").effect;
  assert.ok(done?.kind === "act");
  assert.deepEqual([done.act.verb, done.id, done.text], ["complete", "a", "ok"]);
  assert.equal(after("a enter").effect, undefined, "to assign needs a name");
  assert.equal(after("u n").effect, undefined);
  assert.equal(after("u y").effect?.kind, "act");
  assert.equal(after("b q enter").effect?.kind, "act", "q is a letter of a reason");
  assert.deepEqual(after("q").effect, { kind: "quit" });
  assert.deepEqual(after("c x interrupt").effect, { kind: "quit" });
});

Deno.test("when the board changes the selection stays on its task, or near where it was", () => {
  const { state } = after("right down");
  assert.equal(state.selected, "c");
  assert.equal(refresh(state, boardOf({ ready: "bd", running: "ce" })).selected, "c");
  assert.equal(refresh(state, boardOf({ triage: "a", ready: "bd" })).selected, "d");
  assert.equal(refresh(state, boardOf({ triage: "", ready: "" })).selected, null);
});

Deno.test("every screen is filled exactly, in every mode and size, and shows the selected task", () => {
  const details = {
    kind: "detail",
    id: "a",
    lines: ["x".repeat(300), "", "日本"],
    top: 0,
  } as const;
  const states: State[] = [
    begin(view),
    after("right end").state,
    { ...begin(view), mode: details },
    after("c 日 本 x y z").state,
    after("?").state,
    begin(boardOf({})),
  ];
  for (const state of states) {
    for (let columns = 20; columns <= 160; columns += 7) {
      for (const rows of [1, 3, 5, 12, 40]) {
        const lines = drawLive(state, { columns, rows }, screen);
        assert.equal(lines.length, rows);
        for (const line of lines) assert.ok(displayWidth(line) <= columns, `${columns}: ${line}`);
      }
    }
  }
  const many = boardOf({ ready: "abcdefghijklmnop", running: "q", blocked: "r", done: "s" });
  for (const keys of ["end", "right", "right right", "right right right"]) {
    const { state } = after(keys, begin(many));
    const shown = drawLive(state, { columns: 40, rows: 12 }, screen).join("\n");
    assert.match(shown, new RegExp(`▌ ${state.selected} `), keys);
  }
});

/** A terminal of memory, and the ports around it. */
function fake(changes: Partial<LivePorts> = {}) {
  const world = {
    board: view,
    size: { columns: 100, rows: 20 },
    written: [] as string[],
    closed: 0,
    type: (_text: string) => {},
    resize: () => {},
    change: () => {},
    watching: false,
  };
  const ports: LivePorts = {
    terminal: {
      size: () => world.size,
      write: (text) => void world.written.push(text),
      onInput: (listener) => void (world.type = listener),
      onResize: (listener) => void (world.resize = listener),
      close: () => void world.closed++,
    },
    screen: () => screen,
    load: () => Promise.resolve(world.board),
    details: (id) => Promise.resolve([`all about ${id}`]),
    act: (act, id, text) => Promise.resolve(`${act.verb} ${id} ${text}`),
    watch: (listener) => {
      world.watching = true;
      world.change = listener;
      return Promise.resolve(() => void (world.watching = false));
    },
    sleep: (ms, signal) => sleep(ms, signal),
    ...changes,
  };
  return { world, ports, seen: () => world.written.at(-1) ?? "" };
}

async function drawn(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 5000;
  while (!condition()) {
    assert.ok(performance.now() < deadline, "gave up waiting for a picture");
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

Deno.test("the live board draws what changes, opens details, acts, hears the window, and ends with q", async () => {
  const { world, ports, seen } = fake();
  const running = runLive(ports, new AbortController().signal);
  await drawn(() => seen().includes("ready 3"));
  world.board = boardOf({ triage: "a", ready: "bcdh" });
  world.change();
  world.change();
  await drawn(() => seen().includes("ready 4"));
  world.type("\r");
  await drawn(() => seen().includes("all about a"));
  world.type("\x1b");
  world.type("chello\r");
  await drawn(() => seen().includes("complete a hello"));
  world.size = { columns: 30, rows: 8 };
  world.resize();
  assert.equal(seen().split("\r\n").length, 8);
  assert.equal(world.closed, 0);
  world.type("q");
  await running;
  assert.ok(world.closed > 0);
  assert.equal(world.watching, false);
});

Deno.test("the terminal is given back after a signal, an act that is refused, and a board that breaks", async () => {
  const asked = new AbortController();
  const refusing = fake({ act: () => Promise.reject(new Error("Cannot do that")) });
  const first = runLive(refusing.ports, asked.signal);
  await drawn(() => refusing.seen() !== "");
  refusing.world.type("uy");
  await drawn(() => refusing.seen().includes("Cannot do that"));
  asked.abort();
  await first;
  assert.ok(refusing.world.closed > 0);

  let broken = false;
  const breaking = fake({
    load: () => broken ? Promise.reject(new Error("disk gone")) : Promise.resolve(view),
  });
  const second = runLive(breaking.ports, new AbortController().signal);
  await drawn(() => breaking.seen() !== "");
  broken = true;
  breaking.world.change();
  await assert.rejects(second, /disk gone/);
  assert.ok(breaking.world.closed > 0);
  assert.equal(breaking.world.watching, false);

  const never = fake({ load: () => Promise.reject(new Error("no board")) });
  await assert.rejects(runLive(never.ports, new AbortController().signal), /no board/);
  assert.ok(never.world.closed > 0);
});

Deno.test("a page of details scrolls to its end and no further", () => {
  const lines = Array.from({ length: 50 }, (_, n) => `line ${n}`);
  const state: State = { ...begin(view), mode: { kind: "detail", id: "a", lines, top: 0 } };
  const page = pageOf({ columns: 80, rows: 14 });
  const { state: end } = press(state, "end", page);
  const shown = drawLive(end, { columns: 80, rows: 14 }, screen);
  assert.ok(shown.includes("line 49") && shown.includes("line 40") && !shown.includes("line 39"));
  const back = press(press(end, "home", page).state, "up", page).state;
  assert.ok(drawLive(back, { columns: 80, rows: 14 }, screen).includes("line 0"));
});

Deno.test("--live without a terminal is refused in words", () =>
  inWorld(async ({ run }) => {
    const { code, stdout, stderr } = await run(["kanban", "--live"]);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /no terminal[\s\S]*hermes kanban watch/);
  }));
