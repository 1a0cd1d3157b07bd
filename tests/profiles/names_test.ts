import assert from "node:assert/strict";
import { HermesError } from "../../src/base/errors.ts";
import { newProfileName, normalizeProfileName } from "../../src/profiles/names.ts";

Deno.test("S-154 newProfileName() lower-cases and accepts the whole alphabet", () => {
  assert.equal(newProfileName(" Backend-Eng_2 "), "backend-eng_2");
  assert.equal(newProfileName("9lives"), "9lives");
  assert.equal(newProfileName("x".repeat(64)), "x".repeat(64));
});

Deno.test("S-154 newProfileName() refuses malformed, reserved and the default name", () => {
  const names = ["", " ", "-x", "_x", "a b", "a/b", "..", "ü", "x".repeat(65), "a.b"];
  for (const name of [...names, "default", "Kanban", "gateway", "none", "profile"]) {
    assert.throws(
      () => newProfileName(name),
      (error) => error instanceof HermesError && error.code === "invalid" && !!error.remedy,
      name,
    );
  }
});

Deno.test("S-154 normalizeProfileName() accepts default and yields null for malformed names", () => {
  assert.equal(normalizeProfileName("Default"), "default");
  assert.equal(normalizeProfileName("../x"), null);
});
