import assert from "node:assert/strict";
import { parseSpec } from "../../src/planner/parse_spec.ts";

const spec = { title: "Count the tides", body: "Goal: …\n\nApproach: …" };
const json = JSON.stringify(spec);

Deno.test("S-146 parseSpec() reads title and body, bare, in fences or in prose", () => {
  for (const text of [json, `\`\`\`json\n${json}\n\`\`\``, `Here you are:\n${json}\nDone.`]) {
    assert.deepEqual(parseSpec(text), { ok: true, ...spec });
  }
});

Deno.test("S-146 parseSpec() takes one field of the two, and ignores one that is no text", () => {
  assert.deepEqual(parseSpec('{"title": " A  b\\n"}'), { ok: true, title: "A b", body: null });
  assert.deepEqual(parseSpec('{"body": "B", "title": 7}'), { ok: true, title: null, body: "B" });
});

Deno.test("S-146 parseSpec() makes a reply that is no JSON the body", () => {
  const prose = (body: string) => ({ ok: true, title: null, body });
  assert.deepEqual(parseSpec("  Goal: x\nApproach: y \n"), prose("Goal: x\nApproach: y"));
  assert.deepEqual(parseSpec("```markdown\nGoal: x\n```\n"), prose("Goal: x"));
  const withCode = "Goal: x\n```sh\nls\n```\nOut of scope:\n- y";
  assert.deepEqual(parseSpec(withCode), prose(withCode));
  assert.deepEqual(parseSpec('["a", "b"]'), prose('["a", "b"]'));
  const example = 'Goal: write {"a": 1} to the file';
  assert.deepEqual(parseSpec(example), prose(example));
});

Deno.test("S-146 parseSpec() refuses what says nothing", () => {
  for (const text of ["", " \n", "```\n```", "\u200b\u0000", "``` \n \n```"]) {
    assert.deepEqual(parseSpec(text), { ok: false, reason: "the model returned an empty answer" });
  }
  for (const text of ["{}", '```\n{"text": "x"}\n```', '{"title": " ", "body": null}']) {
    assert.deepEqual(parseSpec(text), {
      ok: false,
      reason: "the answer has neither a title nor a body",
    });
  }
});
