// Owns: the proof that the program carries only those parts of zod that it uses.

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("../../src", import.meta.url));

Deno.test("zod is imported as a namespace or by name: its own `z` object brings fifty languages along", async () => {
  let files = 0;
  for await (const path of typeScriptFiles(source)) {
    files++;
    const text = await Deno.readTextFile(path);
    assert.doesNotMatch(text, /import(?: type)? \{[^}]*\bz\b[^}]*\} from "zod"/, path);
    assert.doesNotMatch(text, /import\("zod"\)/, path);
  }
  assert.ok(files > 100);
});

async function* typeScriptFiles(folder: string): AsyncIterable<string> {
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) yield* typeScriptFiles(path);
    else if (path.endsWith(".ts")) yield path;
  }
}
