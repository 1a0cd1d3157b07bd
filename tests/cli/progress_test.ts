// Owns: the proof of the line that tells what a long command is busy with.

import assert from "node:assert/strict";
import { progressLine, progressTo } from "../../src/cli/progress.ts";

Deno.test("progressTo() replaces its line, keeps within the terminal, and takes it away once", () => {
  const written: string[] = [];
  const show = progressTo((text) => written.push(text), 12);
  show(null);
  show("Describing\nsomebody (1 of 2)");
  show("Done soon");
  show(null);
  show(null);
  assert.deepEqual(written, ["\r\x1b[KDescribing…", "\r\x1b[KDone soon", "\r\x1b[K"]);
});

Deno.test("progressLine() says nothing where standard error is no terminal", () => {
  if (!Deno.stderr.isTerminal()) assert.equal(progressLine(), undefined);
});
