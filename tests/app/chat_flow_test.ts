// Owns: proof of how text that comes in pieces becomes rows of a terminal.

import assert from "node:assert/strict";
import fc from "fast-check";
import { flow } from "../../src/app/chat/flow.ts";
import { displayWidth } from "../../src/cli/table.ts";

Deno.test("flow() breaks between words, keeps indents and blank lines, and cuts only what must be cut", () => {
  assert.deepEqual(flow("one two three four", 9), { rows: ["one two", "three"], tail: "four" });
  assert.deepEqual(flow("exactly nine", 7), { rows: ["exactly"], tail: "nine" });
  assert.deepEqual(flow("a\n\n  code here\nb", 20), { rows: ["a", "", "  code here"], tail: "b" });
  assert.deepEqual(flow("abcdefghij", 4), { rows: ["abcd", "efgh"], tail: "ij" });
  assert.deepEqual(flow("日本語日本", 5), { rows: ["日本", "語日"], tail: "本" });
  assert.deepEqual(flow("word ", 10), { rows: [], tail: "word " });
  assert.deepEqual(flow("full row   \nnext", 8), { rows: ["full row"], tail: "next" });
  assert.deepEqual(flow("", 8), { rows: [], tail: "" });
});

Deno.test("flow() gives the same rows whatever the pieces, loses nothing and keeps to the width", () => {
  const word = fc.constantFrom("a", "bb", "longer", "日本", "🚀", " ", " ", "\n");
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 40 }),
      fc.integer({ min: 6, max: 14 }),
      (words, width) => {
        const rows: string[] = [];
        let tail = "";
        for (const piece of words) {
          const next = flow(tail + piece, width);
          rows.push(...next.rows);
          tail = next.tail;
        }
        for (const row of rows) assert.ok(displayWidth(row) <= width, row);
        const bare = (text: string) => text.replace(/\s/g, "");
        assert.equal(bare(rows.join("") + tail), bare(words.join("")));
      },
    ),
  );
});
