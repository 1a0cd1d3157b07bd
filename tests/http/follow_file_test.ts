// Owns: proof that a file is followed character by whole character.

import assert from "node:assert/strict";
import { FileFollower } from "../../src/http/follow_file.ts";

async function withFile(body: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(`${folder}/log`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("FileFollower never cuts a character in two, whenever it looks", () =>
  withFile(async (path) => {
    const follower = new FileFollower(path, 0);
    assert.equal(await follower.next(), null, "there is no file yet");
    let text = "";
    for (const byte of new TextEncoder().encode("é東😀!")) {
      await Deno.writeFile(path, Uint8Array.of(byte), { append: true });
      text += (await follower.next())?.text ?? "";
    }
    assert.equal(text, "é東😀!");
    assert.equal(await follower.next(), null);
  }));

Deno.test("FileFollower begins with a whole character near the end, and anew with another file", () =>
  withFile(async (path) => {
    await Deno.writeTextFile(path, "東東");
    assert.equal((await new FileFollower(path, -4).next())?.text, "東");
    assert.equal((await new FileFollower(path, 99).next())?.text, "東東");
    const follower = new FileFollower(path, 0);
    assert.equal((await follower.next())?.offset, 6);
    await Deno.writeTextFile(path, "a");
    assert.deepEqual(await follower.next(), { text: "a", offset: 1, size: 1, restarted: true });
    await Deno.writeTextFile(path, "b", { append: true });
    assert.deepEqual(await follower.next(), { text: "b", offset: 2, size: 2, restarted: false });
  }));
