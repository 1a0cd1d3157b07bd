// Owns: proof that no input whatever makes the server fail: every address with nasty values.

import assert from "node:assert/strict";
import fc from "fast-check";
import { token, withServer } from "./served.ts";

/** Requests per address and method. */
const rounds = Number(Deno.env.get("HERMES_FUZZ_ROUNDS") ?? 12);

/** Texts on which programs have stumbled. */
const nastyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "",
    " ",
    "\0",
    "null",
    "undefined",
    "NaN",
    "-1",
    "0",
    "1e309",
    "9007199254740993",
    "99999999999999999999999",
    "__proto__",
    "constructor",
    "../../etc/passwd",
    "'; DROP TABLE tasks; --",
    "%",
    "%00",
    "\ud800",
    "\u202e",
    "a".repeat(5000),
    "[object Object]",
    "<script>",
    "2024-02-31",
    "7d",
    "-7d",
    "9e9d",
    '"',
    "*",
    "AND OR NOT (",
    "東京",
  ),
);

const nasty: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: nastyText },
  fc.constantFrom<unknown>(null, true, false, 0, -0, 1, -1, 1.5, 1e21, -1e308, 2 ** 31, 2 ** 53),
  fc.array(nastyText, { maxLength: 3 }),
  fc.dictionary(nastyText, nastyText, { maxKeys: 3 }),
  fc.constantFrom<unknown>([], {}, [[]], [null], { __proto__: null, a: { b: [1] } }),
);

/** With `tenths` of ten, a value. */
function sometimes<T>(value: fc.Arbitrary<T>, tenths: number): fc.Arbitrary<T | undefined> {
  return fc.oneof(
    { weight: tenths, arbitrary: value },
    { weight: 10 - tenths, arbitrary: fc.constant(undefined) },
  );
}

interface Described {
  parameters: { name: string; in: string; schema: { type?: string } }[];
  requestBody?: {
    content: Record<string, { schema: { properties?: Record<string, unknown> } }>;
  };
}

Deno.test("no input gives a 5xx: every address, method and field with nasty values", () =>
  withServer(async ({ ask, url, create, good }) => {
    const parent = await create("Real", { assignee: "w" });
    const real = [parent, await create("Child", { parents: [parent] }), "default", "1", "2"];
    const { paths } = (await ask("//api/openapi.json")).body;
    const place = fc.oneof(nastyText, fc.constantFrom(...real));
    const failures: string[] = [];
    let asked = 0;
    for (const [path, methods] of Object.entries(paths) as [string, Record<string, Described>][]) {
      if (path.endsWith("/events") || path.endsWith("/stream")) continue;
      for (const [method, described] of Object.entries(methods)) {
        const content = Object.values(described.requestBody?.content ?? {})[0];
        const fields = Object.keys(content?.schema.properties ?? {});
        const request = fc.record({
          parameters: fc.tuple(
            ...described.parameters.map(({ in: where, name }) =>
              where === "path" ? place : sometimes(nastyText, name === "board" ? 1 : 5)
            ),
          ),
          body: fc.oneof(
            {
              weight: 5,
              arbitrary: fc.record(Object.fromEntries(fields.map((name) => [name, nasty])), {
                requiredKeys: [],
              }),
            },
            nasty,
          ),
        });
        await fc.assert(
          fc.asyncProperty(request, async ({ parameters, body }) => {
            let target = path;
            const query = new URLSearchParams();
            for (const [index, { name, in: where }] of described.parameters.entries()) {
              const value = parameters[index];
              if (value === undefined) continue;
              const text = value.toWellFormed();
              if (where === "path") {
                target = target.replace(`{${name}}`, () => encodeURIComponent(text) || "_");
              } else query.set(name, text);
            }
            // Nothing is started: the plan alone is asked for.
            if (path.endsWith("/dispatch")) query.set("dry_run", "true");
            const response = await fetch(`${url}${target}?${query}`, {
              method: method.toUpperCase(),
              headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
              body: method === "get" || method === "delete" ? undefined : JSON.stringify(body),
              redirect: "manual",
            });
            asked++;
            const text = await response.text();
            if (response.status >= 500) {
              failures.push(
                `${method} ${target}?${query} ${JSON.stringify(body)}: ${response.status} ${text}`,
              );
            }
          }),
          { numRuns: rounds },
        );
      }
    }
    assert.deepEqual(failures.slice(0, 10), []);
    assert.ok(asked > 500, `${asked} requests`);
    assert.ok((await good("/stats")).now > 0);
  }));
