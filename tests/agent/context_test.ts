// Owns: proof that a long conversation is cut down seldom, from its old results, and never its task.

import assert from "node:assert/strict";
import { ContextBudget } from "../../src/agent/context.ts";

const result = (size: number) => ({ role: "tool", content: "x".repeat(size) });
const said = { role: "assistant", content: "y".repeat(5000) };
const sizes = (messages: Array<{ role: string; content: string }>) =>
  messages.filter((message) => message.role === "tool").map((message) => message.content.length);

Deno.test("ContextBudget leaves a conversation within its budget alone", () => {
  const messages = [said, result(1000), said, result(1000)];
  assert.deepEqual(new ContextBudget(2000).fit(messages), messages);
});

Deno.test("ContextBudget shortens the oldest results but the first and the newest six", () => {
  const messages = [said, ...Array.from({ length: 10 }, () => result(1000))];
  const fitted = new ContextBudget(9000).fit(messages);
  const [first, ...rest] = sizes(fitted);
  assert.equal(first, 1000);
  assert.ok(rest.slice(0, 3).every((size) => size < 500));
  assert.deepEqual(rest.slice(3), Array(6).fill(1000));
  assert.match(fitted[2]!.content, /600 characters omitted/);
  assert.deepEqual(sizes(messages), Array(10).fill(1000), "the original is untouched");
});

Deno.test("ContextBudget keeps the beginning stable until the budget is exceeded again", () => {
  const budget = new ContextBudget(20_000);
  const messages = Array.from({ length: 21 }, () => result(1000));
  const before = budget.fit(messages);
  const shortened = before.filter((message) => message.content.length < 1000).length;
  assert.ok(shortened >= 14, `brought down to about half: ${shortened}`);
  for (let more = 0; more < 5; more++) {
    messages.push(result(1000));
    assert.deepEqual(budget.fit(messages).slice(0, before.length), before);
  }
});
