// Owns: the proof that answers are asked for in a form where a model takes one, and in words where not.

import assert from "node:assert/strict";
import { createLog } from "../../src/base/log.ts";
import { createModelClient } from "../../src/llm/client.ts";
import type { ModelSettings } from "../../src/llm/model_settings.ts";
import { settingsFor } from "./settings.ts";

const form = { name: "plan", schema: { type: "object", properties: {}, required: [] } };
const request = { messages: [{ role: "user" as const, content: "plan" }], form };

type Body = Record<string, unknown>;

/** A server that refuses what `refuses` names; `ask` uses a new client each time, as side jobs do. */
async function withModel(
  refuses: (body: Body) => [status: number, message: string] | null,
  body: (world: {
    seen: Body[];
    lines: string[];
    ask(over?: Partial<ModelSettings>): Promise<string>;
  }) => Promise<void>,
): Promise<void> {
  const seen: Body[] = [];
  const lines: string[] = [];
  const log = createLog((level, message) => lines.push(`${level}: ${message}`));
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (asked) => {
    const sent: Body = await asked.json();
    seen.push(sent);
    const refused = refuses(sent);
    if (refused) {
      return Response.json({ error: { message: refused[1] } }, { status: refused[0] });
    }
    return Response.json({ choices: [{ message: { role: "assistant", content: "{}" } }] });
  });
  const baseUrl = `http://127.0.0.1:${server.addr.port}/v1`;
  const ask = async (over?: Partial<ModelSettings>) => {
    const settings = settingsFor(baseUrl, { maxRetries: 0, ...over });
    return (await createModelClient(settings, { log }).chat(request)).text;
  };
  try {
    await body({ seen, lines, ask });
  } finally {
    await server.shutdown();
  }
}

Deno.test("chat() asks for the form with a strict JSON schema", () =>
  withModel(() => null, async ({ seen, lines, ask }) => {
    await ask();
    await ask();
    for (const { response_format } of seen) {
      assert.deepEqual(response_format, {
        type: "json_schema",
        json_schema: { ...form, strict: true },
      });
    }
    assert.deepEqual([seen.length, lines], [2, []]);
  }));

for (
  const [status, words] of [
    [400, "Invalid parameter: 'response_format' of type 'json_schema' is not supported"],
    [400, "This response_format type is unavailable now"],
    [422, "body.response_format: extra fields not permitted"],
    [501, "Structured outputs are not implemented for this model"],
  ] as const
) {
  Deno.test(`chat() falls back when a model says ${status} "${words.slice(0, 40)}…", says so once and remembers`, () =>
    withModel(
      (body) => "response_format" in body ? [status, words] : null,
      async ({ seen, lines, ask }) => {
        assert.equal(await ask(), "{}");
        assert.deepEqual(seen.map((body) => "response_format" in body), [true, false]);
        assert.equal(lines.length, 1);
        assert.match(lines[0]!, /^info: The model takes no JSON schema/);
        await ask();
        assert.equal(seen.length, 3, "another client does not try again");
        await ask({ model: "another" });
        assert.equal(seen.length, 5, "another model is asked for the form");
        assert.equal(lines.length, 2);
      },
    ));
}

Deno.test("chat() calls that are refused at the same time all get an answer, and one line in the log", () =>
  withModel(
    (body) => "response_format" in body ? [400, "response_format is not supported"] : null,
    async ({ lines, ask }) => {
      assert.deepEqual(await Promise.all([ask(), ask(), ask()]), ["{}", "{}", "{}"]);
      assert.equal(lines.length, 1);
    },
  ));

Deno.test("chat() neither falls back nor forgets for errors that have nothing to do with the form", () =>
  withModel(() => [400, "the context is too long"], async ({ seen, ask }) => {
    await assert.rejects(ask(), { code: "unavailable" });
    await assert.rejects(ask(), { code: "unavailable" });
    assert.deepEqual(seen.map((body) => "response_format" in body), [true, true]);
  }));

Deno.test("chat() ends when a model complains about the form although none was asked for", () =>
  withModel(() => [400, "response_format is broken here"], async ({ seen, ask }) => {
    await assert.rejects(ask(), { code: "unavailable" });
    assert.equal(seen.length, 2);
  }));

Deno.test("chat() leaves a response_format of the configuration alone", () =>
  withModel(() => null, async ({ seen, ask }) => {
    const own = { type: "json_object" };
    await ask({ extraBody: { response_format: own } });
    assert.deepEqual(seen[0]!["response_format"], own);
  }));
