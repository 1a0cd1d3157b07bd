// Owns: the property test of the normal suite, and proof that its search finds, shrinks and repeats a failure.

import assert from "node:assert/strict";
import { perform } from "./random_operations.ts";
import { type Search, searchFailure } from "./property.ts";

const sequences = 250;
const longest = 80;
const seed = 20_260_829;

Deno.test(`S-075 S-067 every invariant holds after each of ${sequences} × ${longest / 2} operations, seed ${seed}`, async () => {
  const { failure } = await searchFailure({ sequences, longest, seed });
  assert.equal(failure, null, JSON.stringify(failure?.operations, null, 1) + failure?.error);
});

Deno.test("S-075 a broken invariant is found, shrunk to what it takes, and found again by seed and path", async () => {
  const broken: Search = {
    sequences: 200,
    longest,
    seed,
    perform: async (t, operation) => {
      const accepted = await perform(t, operation);
      if (accepted && operation.do === "command" && operation.command.type === "claim") {
        await t.raw("UPDATE tasks SET worker_pid = 1 WHERE status = 'ready'");
      }
      return accepted;
    },
  };
  const { failure } = await searchFailure(broken);
  assert.ok(failure);
  // Two tasks and a claim: nothing less can leave another task ready.
  assert.deepEqual(failure.operations.map((one) => one.do), ["create", "create", "command"]);
  const again = await searchFailure({ ...broken, path: failure.path });
  assert.deepEqual(again.failure?.operations, failure.operations);
  assert.ok(again.operations < 20, "a path leads straight to the failure");
});
