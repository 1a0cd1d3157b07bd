// Owns: proof that credentials are removed from text and data, and ordinary words are not.

import assert from "node:assert/strict";
import { redact, redactDeep } from "../../src/base/redact.ts";

Deno.test("P-060 redact() masks the shapes of credentials anywhere in a text", () => {
  const cases: Array<[string, string]> = [
    ["use sk-abcdefghijklmnop1234 now", "use [redacted] now"],
    ["ghp_abcdefghijklmnopqrstuvwxyz", "[redacted]"],
    ["AKIAABCDEFGHIJKLMNOP", "[redacted]"],
    ["Authorization: Bearer abcdefghij", "Authorization: Bearer [redacted]"],
    ["password=hunter22 next", "password=[redacted] next"],
    ['"api_key": "abcdefgh"', '"api_key": "[redacted]"'],
    ["postgres://ada:secret1@host/db", "postgres://ada:[redacted]@host/db"],
    ["-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----", "[redacted]"],
  ];
  for (const [text, expected] of cases) assert.equal(redact(text), expected);
});

Deno.test("P-060 redact() masks known values and leaves ordinary text alone", () => {
  assert.equal(redact("it is tide-table", ["tide-table"]), "it is [redacted]");
  const plain = "The password is kept in the safe; task sk-1 and commit 0123456789abcdef0123.";
  assert.equal(redact(plain), plain);
});

Deno.test("P-060 redactDeep() reaches every string and keeps the shape", () => {
  const value = { a: ["sk-abcdefghijklmnop1234", 7, null], b: { c: "fine", d: true } };
  assert.deepEqual(redactDeep(value), { a: ["[redacted]", 7, null], b: { c: "fine", d: true } });
});

Deno.test("P-060 redactDeep() masks a field by its name, whatever its text looks like", () => {
  const value = {
    api_key: "hunter22",
    DB_PASSWORD: "tides!",
    password: "",
    secret: 42,
    secretary: "Ada Byron",
  };
  assert.deepEqual(redactDeep(value), {
    api_key: "[redacted]",
    DB_PASSWORD: "[redacted]",
    password: "",
    secret: 42,
    secretary: "Ada Byron",
  });
});
