// Owns: proof of conversations with a real endpoint: turns, tools, interruption, failure, going on, the board.

import assert from "node:assert/strict";
import { join } from "node:path";
import type { TurnListener } from "../../src/agent/chat/session.ts";
import { listSessions } from "../../src/agent/chat/session_list.ts";
import { openChat, sessionsOf } from "../../src/app/chat/open.ts";
import { HermesError } from "../../src/base/errors.ts";
import { type ChatWorld, eventually, inChatWorld } from "./chat_world.ts";
import { gateAt } from "./chat_model.ts";

const never = new AbortController().signal;

function listener(): TurnListener & { text: string; calls: string[] } {
  return {
    text: "",
    calls: [],
    onText(piece) {
      this.text += piece;
    },
    onRestart() {
      this.text += "<again>";
    },
    onCall({ tool, about, outcome }) {
      this.calls.push(`${tool} ${about} → ${outcome}`);
    },
  };
}

function roles(messages: readonly { role: string; content: unknown }[]): string[] {
  return messages.map(({ role, content }) => `${role}: ${content}`);
}

async function asJson(world: ChatWorld, index: number) {
  await eventually(`request ${index}`, () => world.model.seen.length > index);
  return world.model.seen[index]!;
}

Deno.test("a chat streams, calls tools in its folder, and remembers what was said", () =>
  inChatWorld([
    {
      text: ["I ", "look."],
      calls: [["terminal", { command: "echo $HERMES_KANBAN_BOARD >&2; ls" }]],
    },
    { text: ["One file."] },
    { text: ["Yes."] },
  ], async ({ chats, model, work }) => {
    await Deno.writeTextFile(join(work, "notes.txt"), "x");
    const { session, close } = await openChat(chats, {});
    const heard = listener();
    const end = await session.turn("What is here?", heard, never);
    assert.deepEqual(end, { text: "One file.", reason: "answered" });
    assert.equal(heard.text, "I look.One file.");
    assert.deepEqual(heard.calls.length, 1);
    assert.match(heard.calls[0]!, /^terminal echo .* → notes\.txt$/);
    await session.turn("Sure?", listener(), never);
    const last = model.seen.at(-1)!.messages;
    assert.deepEqual(last.map(({ role }) => role), [
      "system",
      "user",
      "assistant",
      "tool",
      "assistant",
      "user",
    ]);
    assert.deepEqual(last.slice(0, 2), model.seen[0]!.messages, "the beginning stays the same");
    assert.deepEqual(session.usage, {
      model: "scripted",
      inputTokens: 300,
      outputTokens: 60,
      cost: null,
      calls: 3,
    });
    await close();
  }));

Deno.test("S-199 S-209 a normal chat has neither board tools nor a word about the board", () =>
  inChatWorld([], async (world) => {
    await world.write("SOUL.md", "You are Ada.");
    const { session, close } = await openChat(world.chats, {});
    await session.turn("Hi", listener(), never);
    const { tools, messages } = await asJson(world, 0);
    assert.deepEqual(tools.filter((tool) => tool.startsWith("kanban")), []);
    assert.ok(tools.includes("terminal"));
    assert.deepEqual(messages[0], { role: "system", content: "You are Ada.\n" });
    await close();
  }));

Deno.test("R-13 S-209 a profile with the kanban toolset has the orchestrator's tools and guidance", () =>
  inChatWorld([
    { calls: [["kanban_create", { title: "Write it", assignee: "default" }]] },
    { calls: [["kanban_list", {}]] },
    { text: ["On the board."] },
    { text: ["Still."] },
  ], async (world) => {
    await world.write("profiles/boss/config.yaml", "toolsets: [kanban]\n");
    const { session, close } = await openChat(world.chats, { profile: "boss" });
    const heard = listener();
    await session.turn("Have it written", heard, never);
    const { tools, messages } = await asJson(world, 0);
    const nine = "show list complete block heartbeat comment create link unblock".split(" ");
    for (const tool of nine) assert.ok(tools.includes(`kanban_${tool}`), tool);
    assert.deepEqual(tools.filter((tool) => !tool.startsWith("kanban_")), [], "and nothing else");
    const prompt = String(messages[0]!.content);
    assert.match(prompt, /# Working with the task board/);
    assert.doesNotMatch(prompt, /You are a worker/);
    assert.match(heard.calls[0]!, /^kanban_create Write it → t_[0-9a-f]{8} ready$/);
    assert.equal(heard.calls[1], "kanban_list  → 1 task");
    await session.turn("And now?", listener(), never);
    assert.equal(world.model.seen.at(-1)!.messages[0]!.content, prompt, "stable across turns");
    await close();
  }));

Deno.test("U-008 commands of a chat are pinned to the board it began on", () =>
  inChatWorld([
    { calls: [["terminal", { command: "echo $HERMES_KANBAN_BOARD/$HERMES_PROFILE" }]] },
  ], async (world) => {
    await world.write("kanban/boards/other/board.json", "{}");
    const { session, close } = await openChat(world.chats, { board: "other" });
    const heard = listener();
    await session.turn("Where am I?", heard, never);
    assert.match(heard.calls[0]!, /→ other\/default$/);
    await close();
  }));

Deno.test("an interrupted turn keeps what was said and the chat goes on", () => {
  const gate = gateAt(1);
  return inChatWorld(
    [{ text: ["Once upon", " a time"], gate }, { text: ["Fine."] }],
    async ({ chats, model }) => {
      const { session, close } = await openChat(chats, {});
      const stop = new AbortController();
      const heard = listener();
      const turn = session.turn("A story", heard, stop.signal);
      await eventually("the story begins", () => heard.text !== "");
      stop.abort();
      assert.deepEqual(await turn, { text: "Once upon", reason: "interrupted" });
      gate.open();
      await session.turn("Shorter", listener(), never);
      assert.equal(heard.text, "Once upon", "nothing arrives afterwards");
      assert.deepEqual(roles(model.seen.at(-1)!.messages.slice(1)), [
        "user: A story",
        "assistant: Once upon\n\n[interrupted]",
        "user: Shorter",
      ]);
      await close();
    },
  );
});

Deno.test("an interrupted tool ends, its call is answered, and the chat goes on", () =>
  inChatWorld([
    {
      calls: [["terminal", { command: "echo $$ > pid; sleep 60" }], ["terminal", {
        command: "ls",
      }]],
    },
    { text: ["Fine."] },
  ], async ({ chats, model, work }) => {
    const { session, close } = await openChat(chats, {});
    const stop = new AbortController();
    const turn = session.turn("Wait", listener(), stop.signal);
    await eventually("the command runs", () => {
      try {
        return Deno.readTextFileSync(join(work, "pid")) !== "";
      } catch {
        return false;
      }
    });
    stop.abort();
    assert.equal((await turn).reason, "interrupted");
    await session.turn("Go on", listener(), never);
    const sent = model.seen.at(-1)!.messages.slice(1);
    assert.deepEqual(sent.map(({ role }) => role), [
      "user",
      "assistant",
      "tool",
      "tool",
      "assistant",
      "user",
    ]);
    const pid = Number(await Deno.readTextFile(join(work, "pid")));
    await eventually("the command has ended", () => {
      try {
        Deno.kill(pid, "SIGCONT");
        return false;
      } catch {
        return true;
      }
    });
    await close();
  }));

Deno.test("a turn that fails is told and leaves a chat that goes on", () =>
  inChatWorld([{ status: 401 }, { text: ["Back."] }], async ({ chats, model }) => {
    const { session, close } = await openChat(chats, {});
    const failure = await session.turn("Hello", listener(), never).then(() => null, (it) => it);
    assert(failure instanceof HermesError && failure.code === "unavailable");
    assert.equal((await session.turn("Again", listener(), never)).text, "Back.");
    assert.deepEqual(roles(model.seen[1]!.messages.slice(1)), [
      "user: Hello",
      "assistant: [interrupted]",
      "user: Again",
    ]);
    await close();
  }));

Deno.test("the limit of replies per prompt ends a turn, not the chat", () =>
  inChatWorld(
    [1, 2, 3].map(() => ({ calls: [["list_files", {}]] as [string, Record<string, unknown>][] })),
    async ({ chats, model }) => {
      const { session, close } = await openChat(chats, {});
      assert.equal((await session.turn("Loop", listener(), never)).reason, "turn_limit");
      assert.equal(model.seen.length, 2);
      assert.equal(session.messages.at(-1)?.role, "assistant");
      await close();
    },
    "max_turns: 2",
  ));

Deno.test("an earlier chat goes on with all that was said, in the same file, on its board", () =>
  inChatWorld([
    { calls: [["terminal", { command: "echo seen" }]] },
    { text: ["Seven."] },
    { text: ["Eight."] },
    { text: ["Nine."] },
  ], async (world) => {
    const { chats, model, home } = world;
    await world.write("kanban/boards/other/board.json", "{}");
    const first = await openChat(chats, { board: "other" });
    await first.session.turn("Count", listener(), never);
    await first.close();
    const again = await openChat(chats, { resume: "" });
    assert.ok(again.resumed);
    assert.equal(again.session.id, first.session.id);
    assert.equal(again.paths.board, "other");
    await again.session.turn("Go on", listener(), never);
    assert.deepEqual(model.seen.at(-1)!.messages.map(({ role }) => role), [
      "system",
      "user",
      "assistant",
      "tool",
      "assistant",
      "user",
    ]);
    await again.close();
    const dir = await sessionsOf(chats, {});
    assert.equal(dir, join(home, "sessions"));
    assert.deepEqual((await listSessions(dir)).map(({ prompts }) => prompts), [2]);
    const elsewhere = await openChat(chats, { resume: "", board: "default" });
    assert.equal(elsewhere.paths.board, "default", "what is said now goes first");
    await elsewhere.close();
  }));

Deno.test("a damaged line of an earlier chat is left out with a warning", () =>
  inChatWorld([{ text: ["Seven."] }], async ({ chats, warnings, home }) => {
    const first = await openChat(chats, {});
    await first.session.turn("Count", listener(), never);
    await first.close();
    const path = join(home, "sessions", `${first.session.id}.jsonl`);
    const lines = (await Deno.readTextFile(path)).split("\n");
    await Deno.writeTextFile(path, [...lines.slice(0, 2), "{oops", ...lines.slice(2)].join("\n"));
    const again = await openChat(chats, { resume: first.session.id });
    assert.deepEqual(again.session.messages.map(({ content }) => content), ["Count", "Seven."]);
    assert.deepEqual(warnings, [`1 damaged line of chat ${first.session.id} was left out`]);
    await again.close();
  }));

Deno.test("a chat longer than the model's window goes on, and the shorter form is what is resumed", () =>
  inChatWorld(
    [...Array(6)].map(() => ({ text: ["words ".repeat(400)] })),
    async ({ chats, model }) => {
      const chat = await openChat(chats, {});
      for (let turn = 0; turn < 4; turn++) {
        await chat.session.turn(`Question ${turn} ${"more ".repeat(300)}`, listener(), never);
      }
      const note = JSON.stringify(model.seen.at(-1)!.messages);
      assert.match(note, /Note on the earlier part/);
      assert.doesNotMatch(note, /Question 0/);
      await chat.close();
      const again = await openChat(chats, { resume: "" });
      assert.deepEqual(again.session.messages, chat.session.messages);
      await again.close();
    },
    "context_window: 2500",
  ));

Deno.test("P-060 provider's key and the profile's secrets reach neither commands nor the disk", () =>
  inChatWorld([
    { calls: [["terminal", { command: "env; echo $OWN_TOKEN" }]] },
    { text: ["It is own-secret-value."] },
  ], async (world) => {
    const { chats, home } = world;
    await world.write(".env", "OWN_TOKEN=own-secret-value\nPROVIDER_KEY=provider-key-value\n");
    const config = await Deno.readTextFile(join(home, "config.yaml"));
    await world.write(
      "config.yaml",
      config.replace("{provider", "{api_key_env: PROVIDER_KEY, provider"),
    );
    const { session, close } = await openChat(chats, {});
    await session.turn("Tell provider-key-value", listener(), never);
    await close();
    const text = await Deno.readTextFile(join(home, "sessions", `${session.id}.jsonl`));
    assert.doesNotMatch(text, /provider-key-value|own-secret-value/);
    assert.doesNotMatch(JSON.stringify(session.messages.slice(1)), /provider-key-value/);
  }));

Deno.test("openChat() says what is missing and leaves nothing behind", () =>
  inChatWorld([], async ({ chats, home }) => {
    const cases: [Parameters<typeof openChat>[1], RegExp][] = [
      [{ profile: "nobody" }, /Cannot find profile "nobody"/],
      [{ resume: "20300101" }, /there is no such chat/],
      [{ resume: "" }, /there is none yet/],
      [{ board: "no board!" }, /Cannot use board/],
    ];
    for (const [request, message] of cases) await assert.rejects(openChat(chats, request), message);
    const silent = await openChat(chats, {});
    await silent.close();
    const left = [...Deno.readDirSync(home)].map(({ name }) => name);
    assert.deepEqual(left, ["config.yaml"]);
  }));
