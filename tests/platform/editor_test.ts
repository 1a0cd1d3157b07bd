// Owns: the proof that an editor opens for people only, and that what they typed is not lost.

import assert from "node:assert/strict";
import { join } from "node:path";
import { editText } from "../../src/platform/editor.ts";

/** Runs `body` with an editor that does `script` to the file `$1`. */
async function withEditor(
  script: string,
  body: (editor: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "hermes editor " });
  try {
    const path = join(folder, "my editor.sh");
    await Deno.writeTextFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    await body(`'${path}'`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function edit(env: Record<string, string>, isTerminal = true) {
  return await editText("old\n", "plan.yaml", { env, isTerminal });
}

Deno.test("editText() opens nothing when nobody sits at a terminal", async () => {
  assert.equal(await edit({ EDITOR: "false" }, false), null);
});

Deno.test("editText() gives the file to the editor, with arguments, and keeps it until it is discarded", () =>
  withEditor('[ "$1" = --wait ] && printf "new of %s" "$2" > "$2"', async (editor) => {
    const done = (await edit({ EDITOR: `${editor} --wait` }))!;
    assert.ok(done.path.endsWith("plan.yaml"), done.path);
    assert.equal(done.text, `new of ${done.path}`);
    assert.equal(await Deno.readTextFile(done.path), done.text);
    await done.discard();
    await assert.rejects(Deno.stat(done.path), Deno.errors.NotFound);
  }));

Deno.test("editText() prefers VISUAL, and shows the text as it is", () =>
  withEditor('grep -q "^old$" "$1" && echo seen >> "$1"', async (editor) => {
    const done = await edit({ VISUAL: editor, EDITOR: "false" });
    assert.equal(done?.text, "old\nseen\n");
    await done?.discard();
  }));

Deno.test("editText() names an editor that fails or is not there", async () => {
  for (const [editor, status] of [["false", 1], ["no-such-editor-here", 127]] as const) {
    await assert.rejects(edit({ EDITOR: editor }), {
      code: "refused",
      message: `Cannot edit text: editor "${editor}" ended with status ${status}`,
    });
  }
});
