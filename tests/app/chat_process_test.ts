// Owns: proof of `hermes chat` as a program: pipes, one question, earlier chats, signals, a real terminal.

import assert from "node:assert/strict";
import { join } from "node:path";
import { inWorld, programCommand, until, type World } from "../harness/program.ts";
import { type ChatModel, gateAt, type ScriptedTurn, startChatModel } from "./chat_model.ts";

/** A home with a model in which the program runs. */
function inOffice(
  turns: ScriptedTurn[],
  body: (world: World, model: ChatModel) => Promise<void>,
): Promise<void> {
  return inWorld(async (world) => {
    const model = startChatModel(turns);
    try {
      await Deno.mkdir(world.home, { recursive: true });
      await Deno.writeTextFile(
        join(world.home, "config.yaml"),
        `model: {provider: custom, default: first, base_url: "${model.url}"}\n` +
          "agent: {max_retries: 0, max_turns: 3}\n",
      );
      await body(world, model);
    } finally {
      await model.stop();
    }
  });
}

Deno.test("hermes chat -q prints the answer alone; tool calls go beside it", () =>
  inOffice([
    { text: ["I look."], calls: [["terminal", { command: "echo seen" }]] },
    { text: ["Two\n", "lines."] },
  ], async ({ ok, home }) => {
    const { stdout, stderr } = await ok(["chat", "-q", "How many?"]);
    assert.equal(stdout, "I look.\nTwo\nlines.\n");
    assert.equal(stderr, "  · terminal echo seen → seen\n");
    assert.equal((await Deno.stat(join(home, "sessions"))).mode! & 0o777, 0o700);
  }));

Deno.test("hermes chat says what comes in through a pipe line by line and answers in order", () =>
  inOffice([{ text: ["One."] }, { text: ["Two."] }], async ({ ok }, model) => {
    const stdin = "first\n\n/usage\nsecond\r\n/history\n/quit\nnever said\n";
    const { stdout, stderr } = await ok(["chat"], { stdin });
    assert.equal(
      stdout,
      "One.\n1 model call, 100 tokens in, 20 tokens out, cost unknown, scripted\nTwo.\n" +
        "you  first\n     One.\nyou  second\n     Two.\n",
    );
    assert.equal(stderr, "");
    assert.equal(model.seen.length, 2);
  }));

Deno.test("hermes chat -q - says all of the input as one", () =>
  inOffice([], async ({ ok, run }, model) => {
    await ok(["chat", "-q", "-"], { stdin: "two\nlines\n" });
    assert.equal(model.seen[0]!.messages.at(-1)!.content, "two\nlines");
    assert.equal((await run(["chat", "-q", "-"], { stdin: "" })).code, 2);
  }));

Deno.test("S-193 S-194 /kanban works through a pipe and does not wait for the model", () => {
  const gate = gateAt(0);
  return inOffice([{ text: ["Done."], gate }], async ({ start }) => {
    const stdin = "Think\n/kanban create 'A task'\n/kanban nosuchverb\n";
    const chat = start(["chat"], { stdin });
    await until("the board has answered", () => chat.output().includes("unknown kanban command"));
    assert.match(chat.output(), /^Created t_[0-9a-f]{8}/);
    gate.open();
    const { code, stdout } = await chat.ended;
    assert.equal(code, 0);
    assert.ok(stdout.endsWith("Done.\n"), stdout);
  });
});

Deno.test("hermes chat --resume goes on, --list tells which chats there are", () =>
  inOffice([{ text: ["One."] }, { text: ["Two."] }, { text: ["Three."] }], async (world, model) => {
    const { ok, run } = world;
    assert.equal((await ok(["chat", "--list"])).stdout, "There is no chat yet.\n");
    await ok(["chat", "-q", "Say one"]);
    await ok(["chat", "-q", "Say two"]);
    const chats = await world.json(["chat", "--list"]);
    assert.deepEqual(chats.map((chat: { title: string }) => chat.title), ["Say two", "Say one"]);
    assert.match((await ok(["chat", "--list"])).stdout, /^20\S+ {2}now {2}1 prompt {2}Say two\n20/);
    await ok(["chat", "--resume", chats[1].id, "-q", "Go on"]);
    assert.deepEqual(model.seen[2]!.messages.slice(1).map(({ content }) => content), [
      "Say one",
      "One.",
      "Go on",
    ]);
    const newest = await ok(["chat", "--resume", "-q", "/history"]);
    assert.match(newest.stdout, /^you {2}Say one\n/, "the one that was used last");
    const unknown = await run(["chat", "--resume", "1999", "-q", "x"]);
    assert.deepEqual([unknown.code, unknown.stdout], [1, ""]);
    assert.match(unknown.stderr, /Cannot resume chat "1999".*\n.*hermes chat --list/);
  }));

Deno.test("hermes chat ends with a status that tells what came of it", () =>
  inOffice([
    { status: 429 },
    { status: 401 },
    ...[1, 2, 3].map((): ScriptedTurn => ({ calls: [["list_files", {}]] })),
  ], async ({ run }) => {
    const cases: [string[], string | undefined, number, RegExp][] = [
      [["chat", "-q", "x"], undefined, 75, /rate|slow down/],
      [["chat", "-q", "x"], undefined, 1, /hermes: Cannot call model/],
      [["chat", "-q", "x"], undefined, 1, /agent\.max_turns/],
      [["chat"], "", 2, /Cannot chat: the input is empty\nAsk with: hermes chat -q/],
      [["chat"], "\n \n", 2, /input is empty/],
      [["-p", "nobody", "chat", "-q", "x"], undefined, 1, /Cannot find profile "nobody"/],
      [["chat", "--skills", "nosuch", "-q", "x"], undefined, 1, /Cannot load skill "nosuch"/],
      [["chat", "--nosuch"], undefined, 2, /unknown option/],
      [["chat", "--board", "gone", "-q", "/kanban list"], undefined, 0, /^$/],
    ];
    for (const [words, stdin, code, message] of cases) {
      const ran = await run(words, { stdin });
      assert.equal(ran.code, code, `${words.join(" ")}\n${ran.stderr}`);
      assert.match(ran.stderr, message);
    }
  }));

Deno.test("SIGINT and SIGTERM end a question at once with 130", async () => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    await inOffice([{ text: ["Once\n", "upon"], gate: gateAt(1) }], async ({ start, home }) => {
      const chat = start(["chat", "-q", "A story"]);
      await until("it begins", () => chat.output().includes("Once"));
      chat.signal(signal);
      const { code } = await chat.ended;
      assert.equal(code, 130);
      const [file] = [...Deno.readDirSync(join(home, "sessions"))];
      const text = await Deno.readTextFile(join(home, "sessions", file!.name));
      assert.match(text, /Once\\n\\n\\n\[interrupted\]/, "what was said is kept");
    });
  }
});

Deno.test("a chat on a real terminal: text, /kanban, Ctrl-C, Ctrl-D, and the terminal as it was", async (t) => {
  const script = await new Deno.Command("script", { args: ["--version"] }).output()
    .then(({ success }) => success, () => false);
  await t.step({
    name: "driven through script(1)",
    ignore: !script,
    fn: () =>
      inOffice(
        [{ text: ["Hello ", "you."] }, { text: ["Once"], gate: gateAt(1) }],
        async (world) => {
          const quoted = [...programCommand(), "chat"].map((word) => `'${word}'`).join(" ");
          const child = new Deno.Command("script", {
            args: ["-qec", `stty -a > before; ${quoted}; echo "status $?"; stty -a > after`, "log"],
            cwd: world.home,
            env: { HERMES_HOME: world.home, TERM: "xterm", LANG: "C.UTF-8", NO_COLOR: "1" },
            stdin: "piped",
            stdout: "piped",
            stderr: "null",
          }).spawn();
          let seen = "";
          const reading = (async () => {
            for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
              seen += text;
            }
          })();
          const keys = child.stdin.getWriter();
          const press = (text: string) => keys.write(new TextEncoder().encode(text));
          const shows = (what: string) =>
            until(`${what} in ${JSON.stringify(seen)}`, () => seen.includes(what));
          await shows("default> ");
          await press("Hi\r");
          await shows("Hello you.");
          await press("/kanban create 'A task'\r");
          await shows("Created t_");
          await press("A story\r");
          await shows("Once");
          await press("\x03");
          await shows("Interrupted.");
          await press("\x04");
          await shows("status 0");
          await keys.close().catch(() => {});
          await child.status;
          await reading;
          assert.match(seen, /Go on with: hermes chat --resume /);
          const [before, after] = await Promise.all(
            ["before", "after"].map((name) => Deno.readTextFile(join(world.home, name))),
          );
          assert.equal(after, before, "the terminal is as it was");
        },
      ),
  });
});
