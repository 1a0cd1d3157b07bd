// Owns: the proof of /kanban in chats: the command line's parser, answers as text, nothing that takes the chat over.

import assert from "node:assert/strict";
import { hostPorts } from "../../src/app/host_ports.ts";
import { completeSlash } from "../../src/cli/slash/complete.ts";
import type { SlashContext } from "../../src/cli/slash/host.ts";
import { chatMessageCharacters, runSlash } from "../../src/cli/slash/run.ts";
import { splitLine } from "../../src/cli/slash/words.ts";
import { subscriptions } from "../../src/kernel/feed.ts";
import type { TaskView } from "../../src/kernel/views.ts";
import { list } from "../../src/ops/views/list.ts";
import { registry } from "../../src/ops/registry.ts";
import { runOp } from "../../src/ops/run.ts";
import { inOpsWorld, type OpsWorld } from "../ops/world.ts";

/** Runs `body` in a home with a board; `say` types one command into a chat on it. */
function inChat(
  body: (
    world: OpsWorld,
    say: (line: string, more?: Partial<SlashContext>) => Promise<string>,
    context: SlashContext,
  ) => Promise<void>,
): Promise<void> {
  return inOpsWorld(async (world) => {
    const { home } = world;
    const env = { HERMES_HOME: home, HOME: home, HERMES_KANBAN_BOARD: "default" };
    const context = { env, ports: hostPorts };
    await body(world, (line, more) => runSlash(line, { ...context, ...more }), context);
  });
}

async function tasksOf({ user }: OpsWorld): Promise<TaskView[]> {
  return (await runOp(list, user, {})).tasks as TaskView[];
}

function idIn(text: string): string {
  return /t_[0-9a-f]{8}/.exec(text)?.[0] ?? assert.fail(`no id in: ${text}`);
}

Deno.test("S-193 splitLine() takes a line apart as a shell does", () => {
  const cases: [string, string[]][] = [
    ["list  --json", ["list", "--json"]],
    [`create "it's done" 'say "hi"'`, ["create", "it's done", 'say "hi"']],
    [`a"b c"d ''`, ["ab cd", ""]],
    [`"a \\"b\\" \\\\ \\n"`, ['a "b" \\ \\n']],
    [`'a \\' b\\ c`, ["a \\", "b c"]],
    ["create “curved marks” —body —x", ["create", "curved marks", "--body", "--x"]],
    ["a — b", ["a", "—", "b"]],
    ['create "two\nlines"\nlist', ["create", "two\nlines", "list"]],
    ["日本 🚀", ["日本", "🚀"]],
    ["", []],
  ];
  for (const [line, words] of cases) assert.deepEqual(splitLine(line).words, words, line);
  assert.deepEqual(splitLine("show t_1 "), {
    words: ["show", "t_1"],
    open: null,
    closed: true,
    quoted: false,
  });
  assert.equal(splitLine("comment it's").open, "'");
});

Deno.test("S-193 runSlash() runs the command line's verbs with its words and its answers", () =>
  inChat(async (world, say) => {
    const created = await say("/kanban create \"Write it's notes\" --body 'two words'");
    const id = idIn(created);
    assert.match(created, /^Created t_[0-9a-f]{8} {2}\(ready/);
    const [task] = await tasksOf(world);
    assert.deepEqual([task?.title, task?.body], ["Write it's notes", "two words"]);
    assert.equal(await say(`/kanban assign ${id} default`), `Assigned ${id} to default`);
    assert.match(await say("/kanban ls"), new RegExp(`${id} {2}ready`));
    assert.match(await say("list"), new RegExp(id), "the first word may be left out");
    assert.match(await say("/KANBAN@my_bot list"), new RegExp(id), "as chats write it");
    assert.equal(JSON.parse(await say(`/kanban show ${id} --json`)).task.id, id);
    assert.match(await say(`/kanban complete ${id} --summary done`), /^Completed /);
    assert.match(await say("/kanban"), /^default {2}1 task/, "without a verb, the board");
  }));

Deno.test("S-193 runSlash() answers mistakes as text and changes nothing", () =>
  inChat(async (world, say) => {
    const cases: [string, RegExp][] = [
      ["/kanban nosuchverb", /unknown kanban command/],
      ["/kanban lst", /Did you mean "list"/],
      ["/kanban show", /missing required argument/],
      ["/kanban show t_ffffffff", /Cannot .*"t_ffffffff"/],
      ["/kanban list --nosuch", /unknown option '--nosuch'/],
      ["/kanban create it's done", /quote ' is not closed[^]*double quotes/],
      ['/kanban create "half', /quote " is not closed/],
      ["/kanban list --status nonsense", /nonsense/],
      ["/kanban comment t_1 -", /a chat has no standard input/],
      ["/kanban --board nosuchboard list", /nosuchboard/],
      ["/kanban --help", /^Usage: hermes kanban/],
      ["/kanban help create", /^Usage: hermes kanban create/],
      ["/kanban\u0000", /\S/],
    ];
    for (const [line, expected] of cases) assert.match(await say(line), expected, line);
    assert.deepEqual(await tasksOf(world), []);
  }));

Deno.test("S-193 every verb answers something, alone and with ids, and none ends the process", () =>
  inChat(async ({ home }, say) => {
    const id = idIn(await say("/kanban create one"));
    const other = idIn(await say("/kanban create two"));
    for (const { group, verb, load } of registry) {
      if (!group.startsWith("kanban")) continue;
      const words = `${group} ${verb}`.slice("kanban ".length);
      const { cli } = await load();
      // What would be written to the folder the tests run in is written to the home.
      const isFile = cli?.args?.[0] === "file";
      const rests = isFile ? ["", ` "${home}/${verb}"`] : ["", ` ${id}`, ` ${id} ${other}`];
      for (const rest of [...rests, " --json"]) {
        assert.match(await say(`/kanban ${words}${rest}`), /\S/, words + rest);
      }
    }
  }));

Deno.test("no command takes the chat over: following is bounded, screens and daemons are refused", () =>
  inChat(async (_world, say) => {
    const id = idIn(await say("/kanban create one"));
    const tail = await say(`/kanban tail ${id}`);
    assert.match(tail, /created/);
    assert.match(tail, new RegExp(`in a terminal: hermes kanban tail ${id}\\)$`));
    assert.match(await say("/kanban watch"), /in a terminal: hermes kanban watch\)$/);
    assert.match(await say("/kanban board --live"), /needs a terminal of its own/);
    assert.match(await say("/kanban --live"), /needs a terminal of its own/);
    assert.match(await say("/kanban daemon --force"), /Cannot run the daemon in a chat/);
    const events = (await say(`/kanban tail ${id} --json`)).split("\n");
    assert.equal(JSON.parse(events[0]!).kind, "created", "nothing is added to JSON");
    assert.equal(events.length, 1);
  }));

Deno.test("S-195 create subscribes the chat it was typed in, not with --json, not without a chat", () =>
  inChat(async ({ board }, say) => {
    const origin = { platform: "telegram", chatId: "42", threadId: "7", userId: "ada" };
    const created = await say("/kanban create one", { origin });
    const id = idIn(created);
    assert.match(created, new RegExp(`\n\\(subscribed: .*${id}.*\\)$`));
    const [told] = await subscriptions(board, id);
    assert.deepEqual(
      [told?.platform, told?.chat_id, told?.thread_id, told?.user_id],
      ["telegram", "42", "7", "ada"],
    );
    const json = JSON.parse(await say("/kanban create two --json", { origin }));
    assert.deepEqual(await subscriptions(board, json.id), []);
    const alone = await say("/kanban create three");
    assert.doesNotMatch(alone, /subscribed/);
    assert.deepEqual(await subscriptions(board, idIn(alone)), []);
    assert.match(await say("/kanban create ''", { origin }), /^hermes: Cannot create/);
    assert.equal((await subscriptions(board)).length, 1);
  }));

Deno.test("S-195 a subscription goes to the board the task was created on", () =>
  inChat(async ({ as, user }, say) => {
    await say("/kanban boards create other");
    const origin = { platform: "slack", chatId: "C1" };
    const id = idIn(await say("/kanban --board other create one", { origin }));
    const there = await as(user.actor, { HERMES_KANBAN_BOARD: "other" });
    assert.equal((await subscriptions(await there.board(), id)).length, 1);
  }));

Deno.test("S-196 answers to chats are cut at whole lines and point to the terminal", () =>
  inChat(async (_world, say) => {
    for (let count = 0; count < 60; count++) {
      await say(`/kanban create "task ${count} ${"of many ".repeat(10)}"`);
    }
    const whole = await say("/kanban list");
    assert.ok(whole.length > 4000, "the command line has no cap");
    const cut = await say("/kanban list", { maxCharacters: chatMessageCharacters });
    assert.ok(cut.length <= 3800, String(cut.length));
    assert.ok(cut.length > 3500, String(cut.length));
    const lines = cut.split("\n");
    assert.equal(lines.at(-1), "… (cut; all of it in a terminal: hermes kanban list)");
    assert.ok(lines.slice(0, -1).every((line) => whole.includes(`${line}\n`)), "whole lines");
  }));

Deno.test("U-008 a chat stays on its board when another is switched to", () =>
  inChat(async (world, say) => {
    await say("/kanban boards create other");
    const switched = await say("/kanban boards switch other");
    assert.match(switched, /Switched to board other[^]*\(This chat stays on board default/);
    await say("/kanban create here");
    assert.equal((await tasksOf(world)).length, 1);
  }));

Deno.test("runSlash() colours only for a terminal that wants it", () =>
  inChat(async (_world, say) => {
    await say("/kanban create one");
    const columns = () => 80;
    // deno-lint-ignore no-control-regex -- colours are control characters
    const coloured = /\x1b\[/;
    assert.match(await say("/kanban", { columns }), coloured);
    assert.doesNotMatch(await say("/kanban", { columns, color: false }), coloured);
    assert.doesNotMatch(await say("/kanban"), coloured);
  }));

Deno.test("S-197 completeSlash() offers verbs, aliases, ids and options", () =>
  inChat(async (_world, say, context) => {
    const promised =
      "list ls show create assign link unlink claim comment complete block unblock " +
      "archive tail dispatch context init gc";
    const { values } = await completeSlash("", context);
    for (const verb of promised.split(" ")) assert.ok(values.includes(verb), verb);
    assert.deepEqual(await completeSlash("unb", context), { values: ["unblock"], typed: "unb" });
    const id = idIn(await say("/kanban create one"));
    assert.deepEqual(await completeSlash("show t_", context), { values: [id], typed: "t_" });
    assert.deepEqual((await completeSlash("list --sta", context)).values, ["--status"]);
    assert.ok((await completeSlash("list --status ", context)).values.includes("ready"));
    for (const odd of ['create "half', "nosuchverb x", 'show "t_', "attach t_1 /"]) {
      assert.deepEqual((await completeSlash(odd, context)).values, [], odd);
    }
  }));
