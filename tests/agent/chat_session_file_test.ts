// Owns: proof of how chats lie on disk: private, without secrets, readable after damage.

import assert from "node:assert/strict";
import { join } from "node:path";
import {
  newSessionId,
  readSession,
  SessionFile,
  type SessionHead,
} from "../../src/agent/chat/session_file.ts";
import { findSession, listSessions } from "../../src/agent/chat/session_list.ts";
import { ManualClock } from "../../src/base/clock.ts";
import { createLog, silentLog } from "../../src/base/log.ts";

async function inDir(body: (dir: string) => Promise<void>): Promise<void> {
  const home = await Deno.makeTempDir({ prefix: "hermes chats " });
  try {
    await body(join(home, "sessions"));
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

function head(id: string): SessionHead {
  return { id, profile: "ada", model: "m", board: "default", startedAt: 5000 };
}

function file(dir: string, id = "20300101-000000-aaaa", isStored = false, secrets: string[] = []) {
  const options = { dir, head: head(id), secrets, clock: new ManualClock(), log: silentLog };
  return new SessionFile(options, isStored);
}

function textOf(dir: string, id = "20300101-000000-aaaa"): Promise<string> {
  return Deno.readTextFile(join(dir, `${id}.jsonl`));
}

Deno.test("newSessionId() sorts by time", () => {
  assert.equal(newSessionId(Date.UTC(2030, 0, 31, 23, 59, 58), "ab12"), "20300131-235958-ab12");
});

Deno.test("SessionFile writes what is said, for its owner alone, and nothing before that", () =>
  inDir(async (dir) => {
    const session = file(dir);
    await session.settled();
    await assert.rejects(Deno.stat(dir), Deno.errors.NotFound, "a silent chat leaves nothing");
    await session.add({ role: "user", content: "hello" });
    await session.add({ role: "assistant", content: "hi" });
    assert.equal((await Deno.stat(dir)).mode! & 0o777, 0o700);
    assert.equal((await Deno.stat(join(dir, `${session.id}.jsonl`))).mode! & 0o777, 0o600);
    const read = readSession(session.id, await textOf(dir))!;
    assert.deepEqual(read.head, head(session.id));
    assert.deepEqual(read.messages, [
      { role: "user", content: "hello" },
      { role: "assistant", content: "hi" },
    ]);
    assert.deepEqual([read.skipped, read.opening, read.prompts], [0, "hello", 1]);
  }));

Deno.test("P-060 SessionFile masks secrets in prompts, answers and calls", () =>
  inDir(async (dir) => {
    const session = file(dir, undefined, false, ["house-key-1"]);
    await session.add({ role: "user", content: "my key is sk-abcdefghijklmnop1234" });
    await session.add({
      role: "assistant",
      content: "house-key-1",
      tool_calls: [{
        id: "1",
        type: "function",
        function: { name: "terminal", arguments: '{"command":"echo house-key-1"}' },
      }],
    });
    const text = await textOf(dir);
    assert.doesNotMatch(text, /sk-abc|house-key/);
    assert.equal(text.match(/\[redacted\]/g)?.length, 3);
    assert.equal(readSession("x", text)!.messages.length, 2, "it can still be read");
  }));

Deno.test("a chat whose last line was cut off goes on; damaged lines are left out and counted", () =>
  inDir(async (dir) => {
    await file(dir).add({ role: "user", content: "one" });
    const path = join(dir, "20300101-000000-aaaa.jsonl");
    await Deno.writeTextFile(path, 'no json\n{"kind":"message","message":{"role":"us', {
      append: true,
    });
    await file(dir, undefined, true).add({ role: "assistant", content: "two" });
    const read = readSession("a", await textOf(dir))!;
    assert.deepEqual(read.messages.map(({ content }) => content), ["one", "two"]);
    assert.equal(read.skipped, 2);
  }));

Deno.test("readSession() takes nothing for a message that is none", () => {
  const lines = [
    { kind: "message", message: { role: "user" } },
    { kind: "message", message: { role: "system", content: "you are evil" } },
    { kind: "message", message: { role: "tool", content: "x" } },
    { kind: "message", message: { role: "assistant", content: null, tool_calls: [{ id: 1 }] } },
    { kind: "replaced", messages: [{ role: "user", content: "x" }, 5] },
    { kind: "else" },
    [],
    null,
    7,
  ];
  const text = lines.map((line) => JSON.stringify(line)).join("\n");
  assert.equal(readSession("a", text), null);
  const good = JSON.stringify({ kind: "message", message: { role: "user", content: "x" } });
  const read = readSession("a", `${text}\n${good}`)!;
  assert.deepEqual([read.messages.length, read.skipped, read.head.board], [1, lines.length, ""]);
});

Deno.test("a compacted chat is read as it was left, under the title it had", () =>
  inDir(async (dir) => {
    const session = file(dir);
    await session.add({ role: "user", content: "the beginning" });
    await session.add({ role: "assistant", content: "long" });
    await session.replace([{ role: "user", content: "note" }]);
    await session.add({ role: "assistant", content: "after" });
    const read = readSession("a", await textOf(dir))!;
    assert.deepEqual(read.messages.map(({ content }) => content), ["note", "after"]);
    assert.equal(read.opening, "the beginning");
  }));

Deno.test("SessionFile that cannot be written warns once and goes on", () =>
  inDir(async (dir) => {
    const warnings: string[] = [];
    await Deno.writeTextFile(dir, "in the way");
    const log = createLog((_level, message) => warnings.push(message));
    const session = new SessionFile({
      dir,
      head: head("a"),
      secrets: [],
      clock: new ManualClock(),
      log,
    });
    await session.add({ role: "user", content: "one" });
    await session.add({ role: "user", content: "two" });
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, /not written down/);
  }));

Deno.test("findSession() finds the newest, one by its id or its beginning, and says what is wrong", () =>
  inDir(async (dir) => {
    await assert.rejects(findSession(dir), /there is none yet/);
    assert.deepEqual(await listSessions(dir), []);
    const clock = new ManualClock();
    for (const id of ["20300101-000000-aaaa", "20300101-000001-bbbb", "20300102-000000-cccc"]) {
      clock.advance(0.1);
      const options = { dir, head: head(id), secrets: [], clock, log: silentLog };
      await new SessionFile(options).add({ role: "user", content: `said in ${id}\nmore` });
      await Deno.utime(join(dir, `${id}.jsonl`), 1000, 1000);
    }
    await Deno.writeTextFile(join(dir, "20300103-000000-dddd.jsonl"), "not a chat\n");
    await Deno.writeTextFile(join(dir, "notes.txt"), "else\n");
    const ids = (await listSessions(dir)).map(({ id }) => id.slice(-4));
    assert.deepEqual(ids, ["cccc", "bbbb", "aaaa"], "newest first");
    assert.equal((await listSessions(dir))[0]?.title, "said in 20300102-000000-cccc");
    assert.equal((await findSession(dir)).head.id, "20300102-000000-cccc");
    assert.equal((await findSession(dir, "", "20300102-000000-cccc")).head.id.slice(-4), "bbbb");
    assert.equal((await findSession(dir, "20300102")).head.id.slice(-4), "cccc");
    assert.equal((await findSession(dir, "20300101-000000-aaaa")).head.id.slice(-4), "aaaa");
    await assert.rejects(findSession(dir, "20300101"), /2 chats begin like that/);
    await assert.rejects(findSession(dir, "../../etc/passwd"), /there is no such chat/);
    await assert.rejects(findSession(dir, "20300103"), /there is no such chat/);
    await Deno.utime(join(dir, "20300101-000000-aaaa.jsonl"), 2000, 2000);
    assert.equal((await findSession(dir)).head.id.slice(-4), "aaaa", "the one used last");
  }));
