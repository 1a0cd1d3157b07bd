// Owns: waiting for something that another process or a timer brings about.

import assert from "node:assert/strict";

/** Looks every 5 ms whether `condition` holds; fails the test after 10 s. */
export async function eventually(what: string, condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadline) assert.fail(`gave up waiting: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
