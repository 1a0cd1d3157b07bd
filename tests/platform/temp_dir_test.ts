// Owns: the proof of temporary folders.

import assert from "node:assert/strict";
import { makeTempDir } from "../../src/platform/temp_dir.ts";

Deno.test("makeTempDir() makes a new empty folder each time, for this user alone, links followed", async () => {
  const first = await makeTempDir("hermes-test-");
  const second = await makeTempDir("hermes-test-");
  try {
    assert.notEqual(first, second);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(first)), []);
    assert.equal(await Deno.realPath(first), first);
    if (Deno.build.os !== "windows") {
      assert.equal(((await Deno.stat(first)).mode ?? 0) & 0o777, 0o700);
    }
  } finally {
    await Deno.remove(first);
    await Deno.remove(second);
  }
});
