// Owns: proof of the chat as a person sees it: keys on a terminal that only exists in the test.

import assert from "node:assert/strict";
import { join } from "node:path";
import { chatAtTerminal } from "../../src/app/chat/interactive.ts";
import { type FakeTerminal, fakeTerminal } from "../platform/fake_terminal.ts";
import { gateAt, type ScriptedTurn } from "./chat_model.ts";
import { type ChatWorld, eventually, inChatWorld } from "./chat_world.ts";

interface Seat extends ChatWorld {
  terminal: FakeTerminal;
  /** Types a line and presses Enter. */
  type(line: string): Promise<void>;
  /** Waits until something is on the screen. */
  shows(what: string | RegExp): Promise<void>;
  /** What is on the screen, in one text. */
  screen(): string;
  /** What was printed before and after the terminal was taken. */
  printed(): string;
  ended: Promise<number>;
  /** Asks the process to end. */
  signal(name: string): void;
}

interface Setting {
  env?: Record<string, string>;
  columns?: number;
  resume?: string;
  profile?: string;
}

/** Sits down at a chat; when `body` is through, leaves it if that has not been done. */
function atChat(
  turns: ScriptedTurn[],
  body: (seat: Seat) => Promise<void>,
  setting: Setting = {},
): Promise<void> {
  return inChatWorld(turns, (world) => sit(world, setting, body));
}

async function sit(
  world: ChatWorld,
  { env, columns, resume, profile }: Setting,
  body: (seat: Seat) => Promise<void>,
): Promise<void> {
  const terminal = fakeTerminal(columns ?? 70);
  let printed = "";
  let shutdown = (_signal: string) => {};
  let opened = false;
  const { log: _log, ...home } = world.chats;
  const ended = chatAtTerminal({
    home: { ...home, env: { ...home.env, NO_COLOR: "1", ...env } },
    request: { resume, profile },
    openTerminal: () => {
      opened = true;
      return terminal;
    },
    print: (text) => void (printed += text),
    color: true,
    onShutdown(handler) {
      shutdown = handler;
      return () => {};
    },
  });
  const screen = () => terminal.screen().join("\n");
  const shows = (what: string | RegExp) =>
    eventually(
      `the screen shows ${what}\n${screen()}`,
      () => typeof what === "string" ? screen().includes(what) : what.test(screen()),
    )
      .catch((error) => Promise.reject(new Error(`${error.message}\nNOW:\n${screen()}`)));
  await Promise.race([ended, eventually("the chat is open", () => opened)]);
  await eventually("the prompt", () => terminal.written().includes(">"));
  try {
    await body({
      ...world,
      terminal,
      type: (line) => terminal.press(line, "\r"),
      shows,
      screen,
      printed: () => printed,
      ended,
      signal: (name) => shutdown(name),
    });
  } finally {
    terminal.hangUp();
    await ended;
  }
}

Deno.test("text streams above the line, wrapped between words; tool calls take one line each", () => {
  const gate = gateAt(1);
  return atChat([
    {
      text: ["I look at the files ", "that are here before I answer what you asked."],
      gate,
      calls: [["terminal", { command: "echo one; echo two" }], ["read_file", { path: "none" }]],
    },
    { text: ["There are two."] },
  ], async ({ type, shows, screen, printed, terminal }) => {
    assert.match(printed(), /^default, first, board default: a new chat\. \/help/);
    await type("How many?");
    await shows("I look at the files");
    assert.deepEqual(terminal.screen(), [
      "default> How many?",
      "I look at the files",
      "default …>",
    ]);
    gate.open();
    await shows("There are two.");
    await shows(/default>$/);
    const rows = terminal.screen();
    assert.deepEqual(rows.slice(0, 4), [
      "default> How many?",
      "I look at the files that are here",
      "before I answer what you asked.",
      "  · terminal echo one; echo two → one",
    ]);
    assert.match(rows[4]!, /^ {2}✗ read_file none → /);
    assert.deepEqual(rows.slice(5), ["There are two.", "default>"]);
    assert.ok(rows.every((row) => row.length < 40), screen());
  }, { columns: 40 });
});

Deno.test("S-194 /kanban answers while the model is at work, and its text goes on below", () => {
  const gate = gateAt(1);
  return atChat(
    [{ text: ["Thinking hard", " and done."], gate }],
    async ({ type, shows, terminal, model }) => {
      await type("Think");
      await shows("Thinking hard");
      await type("/kanban create 'A task'");
      await shows(/Created t_[0-9a-f]{8}/);
      await type("/kanban list");
      await shows(/ready {2}- {2}A task/);
      await type("/kanban nosuchverb");
      await shows('Cannot run "nosuchverb"');
      await type("/help");
      await shows("/sessions");
      assert.match(terminal.screen().at(-1)!, /^default …>/, "it is still at work");
      assert.equal(terminal.screen().at(-2), "Thinking hard");
      assert.equal(model.seen.length, 1);
      gate.open();
      await shows("Thinking hard and done.");
      await shows(/default>$/);
    },
  );
});

Deno.test("Ctrl-C interrupts the turn, not the chat; what waited behind it is not said", () => {
  const gate = gateAt(1);
  return atChat(
    [{ text: ["Once upon", " a time"], gate }, { text: ["Short."] }],
    async ({ type, shows, terminal, model }) => {
      await type("A story");
      await shows("Once upon");
      await type("And another");
      await shows("Comes next.");
      await terminal.press("half a line", "\x03");
      await shows("Interrupted.");
      await shows("1 line not said.");
      await shows(/default> half a line$/);
      await terminal.press("\x03");
      await shows(/default>$/);
      gate.open();
      await type("Shorter");
      await shows("Short.");
      assert.equal(model.seen.length, 2);
    },
  );
});

Deno.test("Ctrl-C twice on an empty line leaves and says how to come back; once does not", () =>
  atChat([{ text: ["Hi."] }], async ({ type, shows, terminal, ended, printed }) => {
    await terminal.press("\x03");
    await shows("Ctrl-C again leaves");
    await type("Hello");
    await shows("Hi.");
    await shows(/default>$/);
    await terminal.press("\x03");
    await terminal.press("typed", "\x03", "\x03");
    assert.equal(await ended, 0);
    assert.match(printed(), /Go on with: hermes chat --resume 20\d{6}-\d{6}-[0-9a-f]{4}\n$/);
    assert.ok(terminal.closed);
  }));

Deno.test("Ctrl-D, /quit and a signal leave at once, also in the middle of a turn", async () => {
  const ways: ((seat: Seat) => Promise<void> | void)[] = [
    ({ terminal }) => terminal.press("\x04"),
    ({ type }) => type("/quit"),
    ({ signal }) => signal("SIGTERM"),
    ({ terminal }) => terminal.hangUp(),
  ];
  for (const leave of ways) {
    await atChat([{ text: ["Once", " upon"], gate: gateAt(1) }], async (seat) => {
      await seat.type("A story");
      await seat.shows("Once");
      await leave(seat);
      assert.equal(await seat.ended, 0);
      assert.ok(seat.terminal.closed);
    });
  }
});

Deno.test("SIGINT from outside interrupts like the key", () =>
  atChat([{ text: ["Once", " upon"], gate: gateAt(1) }], async ({ type, shows, signal }) => {
    await type("A story");
    await shows("Once");
    signal("SIGINT");
    await shows("Interrupted.");
    await type("/usage");
    await shows("used nothing yet");
  }));

Deno.test("S-197 Tab completes commands, verbs, ids, profiles and chats", () =>
  atChat([{ text: ["Hi."] }], async (seat) => {
    const { terminal, shows, type, write } = seat;
    await write("profiles/writer/config.yaml", "");
    await type("/kanban create one");
    await shows(/Created t_/);
    const id = /t_[0-9a-f]{8}/.exec(seat.screen())![0];
    const cases: [string, string][] = [
      ["/kan", "/kanban "],
      ["/kanban asss", "/kanban asss"],
      ["/kanban unb", "/kanban unblock "],
      ["/kanban show t_", `/kanban show ${id} `],
      ["/profile wr", "/profile writer "],
      ["a word /he", "a word /he"],
    ];
    for (const [typed, completed] of cases) {
      await terminal.press(typed, "\t");
      await shows(`default> ${completed}`.trimEnd());
      await terminal.press("|");
      await shows(`default> ${completed}|`);
      await terminal.press("\x15");
    }
    await terminal.press("/kanban ", "\t", "\t");
    await shows(/archive +assign/);
    await terminal.press("\x15");
  }));

Deno.test("a paste of several lines and lines that go on are said as one", () =>
  atChat([{ text: ["Read."] }, { text: ["Too."] }], async ({ terminal, type, shows, model }) => {
    await terminal.press("Read: \x1b[200~one\r\ntwo\n  three\n\x1b[201~", "\r");
    await shows("Read: [pasted 1: 3 lines]");
    await shows("Read.");
    await shows(/default>$/);
    await type("first \\");
    await shows(/\.\.\.$/);
    await type("second");
    await shows("Too.");
    await shows(/default>$/);
    await type("forgotten \\");
    await terminal.press("\x03");
    await shows(/default>$/);
    const said = model.seen.at(-1)!.messages.filter(({ role }) => role === "user");
    assert.deepEqual(said.map(({ content }) => content), [
      "Read: one\ntwo\n  three",
      "first \nsecond",
    ]);
  }));

Deno.test("what was said comes back with the arrow up in the next chat, in private and without secrets", () =>
  inChatWorld([], async (world) => {
    await sit(world, {}, async ({ type, terminal }) => {
      await type("first thing");
      await type("key sk-abcdefghijklmnop1234");
      await terminal.press("a \x1b[200~b\nc\x1b[201~", "\r");
    });
    const path = join(world.home, "chat_history.jsonl");
    assert.equal((await Deno.stat(path)).mode! & 0o777, 0o600);
    assert.doesNotMatch(await Deno.readTextFile(path), /sk-abc/);
    await Deno.writeTextFile(path, "damaged\n", { append: true });
    await sit(world, {}, async ({ terminal, shows }) => {
      await terminal.press("\x1b[A");
      await shows(/default> \[pasted 1: 2 lines\]$/);
      await terminal.press("\x1b[A");
      await shows(/default> key \[redacted\]$/);
      await terminal.press("\x1b[A");
      await shows(/default> first thing$/);
      const before = world.model.seen.length;
      await terminal.press("\x1b[B", "\x1b[B", "\r");
      await eventually("it is said", () => world.model.seen.length > before);
      assert.equal(world.model.seen.at(-1)!.messages.at(-1)!.content, "a b\nc");
    });
  }));

Deno.test("/model, /profile, /new, /resume, /history, /sessions and /usage do what they say", () =>
  atChat([{ text: ["One."] }, { text: ["Two."] }, { text: ["Three."] }], async (seat) => {
    const { type, shows, model, write, home } = seat;
    await write("profiles/writer/config.yaml", "");
    await type("/usage");
    await shows("used nothing yet");
    await type("/history");
    await shows("Nothing was said yet.");
    await type("Say one");
    await shows("One.");
    await type("/usage");
    await shows("1 model call, 100 tokens in, 20 tokens out, cost unknown, scripted");
    await type("/model");
    await shows(/^first \(custom, http/m);
    await type("/model second");
    await shows(/^second \(custom, http/m);
    await type("Say two");
    await shows("Two.");
    assert.deepEqual(model.seen.map((request) => request.model), ["first", "second"]);
    await type("/history");
    await shows(/you {2}Say one\n {5}One\.\nyou {2}Say two\n {5}Two\./);
    await type("/new");
    await shows(/default, second, board default: a new chat/);
    await type("/history");
    await shows(/\/history\nNothing was said yet\./);
    await type("/sessions");
    await shows(/20\d{6}-\d{6}-[0-9a-f]{4} {2}now {2}2 prompts {2}Say one/);
    await type("/profile");
    await shows("* default\n  writer");
    await type("/profile writer");
    await shows(/writer>$/);
    await type("Say three");
    await shows("Three.");
    assert.ok((await Deno.stat(join(home, "profiles/writer/sessions"))).isDirectory);
    await type("/profile nobody");
    await shows('hermes: Cannot find profile "nobody"');
    await type("/profile default");
    await shows(/default>$/);
    await type("/resume");
    await shows(/going on with chat 20[^]*you {2}Say two\n {5}Two\./);
    await type("/resume 1999");
    await shows("there is no such chat");
    await type("/modle x");
    await shows("Did you mean /model?");
    await type("/etc/hosts what is it?");
    await shows("done");
    assert.deepEqual(model.seen.at(-1)!.messages.map(({ content }) => content).slice(1), [
      "Say one",
      "One.",
      "Say two",
      "Two.",
      "/etc/hosts what is it?",
    ]);
  }));

Deno.test("a failing model is told with the remedy, and the chat goes on", () =>
  atChat([{ status: 401 }, { text: ["Back."] }], async ({ type, shows }) => {
    await type("Hello");
    await shows(/hermes: Cannot call model "first"/);
    await shows(/api_key_env/);
    await type("Again");
    await shows("Back.");
  }));

Deno.test("NO_COLOR, a locale without Unicode and control characters of the model are respected", () =>
  atChat(
    [{
      text: ["\x1b[2J", "an \x1b", "[31mevil\x07 ", "ünï"],
      calls: [["terminal", { command: "true" }]],
    }],
    async ({ type, shows, terminal, screen }) => {
      await type("Hello");
      await shows("done");
      await shows(/default>$/);
      // deno-lint-ignore no-control-regex -- colours are control characters
      assert.doesNotMatch(terminal.written(), /\x1b\[\d+m/);
      assert.match(screen(), /an \[31mevil ünï/, "what the model says stays");
      assert.match(screen(), /^ {2}\. terminal true > ok$/m, "what hermes draws is plain");
      assert.ok(!terminal.written().includes("\x1b[2J"));
      assert.doesNotMatch(terminal.written(), /…|·|→/);
    },
    { env: { LC_ALL: "C" } },
  ));

Deno.test("colours are used where they are wanted", () =>
  atChat([], async ({ type, shows, terminal }) => {
    await type("Hello");
    await shows("done");
    assert.ok(terminal.written().includes("\x1b[1mdefault\x1b[22m"));
  }, { env: { NO_COLOR: "", FORCE_COLOR: "1" } }));

Deno.test("a chat that cannot be opened leaves the terminal alone", () =>
  inChatWorld([], async (world) => {
    let taken = false;
    const { log: _log, ...home } = world.chats;
    await assert.rejects(
      chatAtTerminal({
        home,
        request: { profile: "nobody" },
        openTerminal() {
          taken = true;
          return fakeTerminal();
        },
        print: () => {},
        color: true,
        onShutdown: () => () => {},
      }),
      /Cannot find profile/,
    );
    assert.equal(taken, false);
  }));

Deno.test("the tool at work stands in front of the line", () =>
  atChat([
    { calls: [["terminal", { command: "while [ ! -e go ]; do sleep 0.02; done" }]] },
    { text: ["Went."] },
  ], async ({ type, shows, work }) => {
    await type("Wait");
    await shows(/^default … terminal>$/m);
    await Deno.writeTextFile(join(work, "go"), "");
    await shows("Went.");
    await shows(/default>$/);
  }));
