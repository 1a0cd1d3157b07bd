// Owns: proof that a conversation with gaps becomes one every provider takes.

import assert from "node:assert/strict";
import fc from "fast-check";
import { mended } from "../../src/agent/chat/mend.ts";
import type { ChatMessage } from "../../src/llm/messages.ts";

function user(content: string): ChatMessage {
  return { role: "user", content };
}

function said(content: string): ChatMessage {
  return { role: "assistant", content };
}

function calls(...ids: string[]): ChatMessage {
  const tool_calls = ids.map((id) => ({
    id,
    type: "function" as const,
    function: { name: "terminal", arguments: "{}" },
  }));
  return { role: "assistant", content: "", tool_calls };
}

function answer(id: string, content = "ok"): ChatMessage {
  return { role: "tool", tool_call_id: id, content };
}

const gap = "[interrupted]";

Deno.test("mended() leaves a whole conversation as it is", () => {
  const whole = [user("a"), calls("1", "2"), answer("1"), answer("2"), said("b"), user("c")];
  assert.deepEqual(mended([...whole, said("d")]), [...whole, said("d")]);
  assert.deepEqual(mended([]), []);
});

Deno.test("mended() answers what nobody answered and drops answers without a call", () => {
  const cases: [ChatMessage[], ChatMessage[]][] = [
    [[user("a")], [user("a"), said(gap)]],
    [[user("a"), user("b"), said("c")], [user("a"), said(gap), user("b"), said("c")]],
    [[user("a"), calls("1")], [user("a"), calls("1"), answer("1", gap), said(gap)]],
    [
      [user("a"), calls("1", "2"), answer("2"), user("b"), said("c")],
      [user("a"), calls("1", "2"), answer("2"), answer("1", gap), said(gap), user("b"), said("c")],
    ],
    [[user("a"), answer("9"), said("b")], [user("a"), said("b")]],
    [[user("a"), calls("1"), answer("1"), answer("1"), said("b")], [
      user("a"),
      calls("1"),
      answer("1"),
      said("b"),
    ]],
    [[user("a"), said(""), said("b")], [user("a"), said("b")]],
  ];
  for (const [broken, whole] of cases) assert.deepEqual(mended(broken), whole);
});

Deno.test("mended() makes any selection of messages one that providers take, and does so once", () => {
  const message = fc.oneof(
    fc.constantFrom("a", "b").map(user),
    fc.constantFrom("", "c").map(said),
    fc.uniqueArray(fc.constantFrom("1", "2", "3"), { minLength: 1 }).map((ids) => calls(...ids)),
    fc.constantFrom("1", "2", "3").map((id) => answer(id)),
  );
  fc.assert(fc.property(fc.array(message, { maxLength: 12 }), (messages) => {
    const whole = mended(messages);
    const open: string[] = [];
    for (const [index, each] of whole.entries()) {
      if (each.role === "tool") {
        assert.ok(open.includes(each.tool_call_id), "an answer has its call");
        open.splice(open.indexOf(each.tool_call_id), 1);
        continue;
      }
      assert.equal(open.length, 0, "calls are answered right behind");
      if (each.role === "user" && index > 0) assert.equal(whole[index - 1]!.role, "assistant");
      if (each.role === "assistant") open.push(...each.tool_calls?.map(({ id }) => id) ?? []);
    }
    assert.equal(open.length, 0);
    assert.notEqual(whole.at(-1)?.role, "user");
    assert.deepEqual(mended(whole), whole);
  }));
});
