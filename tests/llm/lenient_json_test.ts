import assert from "node:assert/strict";
import { parseLenientObject } from "../../src/llm/lenient_json.ts";

Deno.test("S-128 parseLenientObject() strips fences and prose around the object", () => {
  const texts = [
    '{"a": {"b": 1}}',
    '  \n{"a": {"b": 1}}\n',
    '```json\n{"a": {"b": 1}}\n```',
    '```\n{"a": {"b": 1}}\n```\nHope this helps!',
    'Here you go:\n{"a": {"b": 1}} — done.',
    '  ```JSON\n{"a":\n{"b": 1}}\n  ```',
  ];
  for (const text of texts) {
    assert.deepEqual(parseLenientObject(text), { ok: true, value: { a: { b: 1 } } }, text);
  }
});

Deno.test("S-128 parseLenientObject() keeps fences inside a string value", () => {
  const text = JSON.stringify({ body: "run:\n```sh\nls\n```\n" });
  assert.deepEqual(parseLenientObject(text), { ok: true, value: JSON.parse(text) });
});

Deno.test("S-128 parseLenientObject() refuses everything that is no object", () => {
  for (
    const text of [
      "",
      "no",
      "[1, 2]",
      "3",
      "null",
      "{",
      "}{",
      '{"a": }',
      '"{}" x }',
      "```json\n```",
    ]
  ) {
    assert.deepEqual(
      parseLenientObject(text),
      { ok: false, reason: "LLM returned malformed JSON" },
      text,
    );
  }
});
