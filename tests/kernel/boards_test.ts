// Owns: proof of the board registry — which boards there are, their names, the pointer, removing one.

import assert from "node:assert/strict";
import { join } from "node:path";
import { HermesError } from "../../src/base/errors.ts";
import { normalizeBoardSlug, resolvePaths } from "../../src/config/paths.ts";
import {
  archivedBoards,
  boardExists,
  boardMeta,
  type BoardPlaces,
  boardSlugs,
  checkWorkdir,
  currentBoard,
  removeBoard,
  switchBoard,
  writeBoardMeta,
} from "../../src/kernel/boards.ts";
import { boardPlaces } from "../../src/ops/board_places.ts";
import { inTempDir } from "./board_fixture.ts";

const now = 1_790_000_000;

function withHome(body: (places: BoardPlaces, home: string) => Promise<void>): Promise<void> {
  return inTempDir((home) => body(boardPlaces(resolvePaths({ HERMES_HOME: home })), home));
}

async function withFile(path: string, text: string): Promise<void> {
  await Deno.mkdir(join(path, ".."), { recursive: true });
  await Deno.writeTextFile(path, text);
}

function failsWith(code: string, pattern: RegExp) {
  return (error: unknown) =>
    error instanceof HermesError && error.code === code && pattern.test(error.message);
}

Deno.test("U-001 a slug is lower-cased and trimmed; anything outside of the pattern is malformed", () => {
  assert.equal(normalizeBoardSlug("  Release-2_x "), "release-2_x");
  assert.equal(normalizeBoardSlug("9lives"), "9lives");
  assert.equal(normalizeBoardSlug("x".repeat(64)), "x".repeat(64));
  for (const bad of ["", "-a", "_a", "a b", "a/b", "..", "a.b", "é", "x".repeat(65)]) {
    assert.equal(normalizeBoardSlug(bad), null, bad);
  }
});

Deno.test("U-001 writeBoardMeta() keeps fields of other programs and what it is not asked to change", () =>
  withHome(async (places, home) => {
    const path = join(home, "kanban/boards/site/board.json");
    await withFile(path, JSON.stringify({ slug: "lies", name: "Old", icon: "🌊", theirs: [1] }));
    const meta = await writeBoardMeta(places, "site", { name: "New", color: "#0a7" }, now);
    const wanted = {
      slug: "site",
      name: "New",
      description: "",
      icon: "🌊",
      color: "#0a7",
      default_workdir: null,
      created_at: now,
      archived: false,
    };
    assert.deepEqual(meta, wanted);
    assert.deepEqual(JSON.parse(await Deno.readTextFile(path)), { ...wanted, theirs: [1] });
    assert.deepEqual(await boardMeta(places, "site"), wanted);
    assert.equal((await writeBoardMeta(places, "site", {}, now + 9)).created_at, now);
  }));

Deno.test("U-001 a missing or damaged board.json is made up for", () =>
  withHome(async (places, home) => {
    for (const text of ["{", "[]", "null", '{"name": 7, "created_at": "soon"}']) {
      await withFile(join(home, "kanban/boards/release-notes_x/board.json"), text);
      const meta = await boardMeta(places, "release-notes_x");
      assert.deepEqual([meta.name, meta.created_at], ["Release Notes X", null], text);
    }
    assert.equal((await boardMeta(places, "default")).name, "Default");
  }));

Deno.test("U-001 U-003 boardSlugs() starts with default and takes only folders that are boards", () =>
  withHome(async (places, home) => {
    assert.deepEqual(await boardSlugs(places), ["default"]);
    const boards = join(home, "kanban/boards");
    await withFile(join(boards, "zeta/kanban.db"), "");
    await withFile(join(boards, "alpha/board.json"), "{}");
    await withFile(join(boards, "empty/notes.txt"), "");
    await withFile(join(boards, "Upper/board.json"), "{}");
    await withFile(join(boards, "_archived/old-1790000000/board.json"), "{}");
    await withFile(join(boards, "default/board.json"), "{}");
    await withFile(join(boards, "file"), "");
    assert.deepEqual(await boardSlugs(places), ["default", "alpha", "zeta"]);
    assert.equal(await boardExists(places, "empty"), false);
  }));

Deno.test("U-002 the pointer falls through when it is stale, malformed or missing", () =>
  withHome(async (places, home) => {
    assert.equal(await currentBoard(places), "default");
    await writeBoardMeta(places, "site", {}, now);
    await switchBoard(places, "site");
    assert.equal(await currentBoard(places), "site");
    assert.equal(await Deno.readTextFile(join(home, "kanban/current")), "site\n");
    for (const text of ["gone\n", "../x", "", "a b"]) {
      await Deno.writeTextFile(places.currentFile, text);
      assert.equal(await currentBoard(places), "default", text);
    }
    await assert.rejects(switchBoard(places, "gone"), failsWith("not_found", /"gone"/));
  }));

Deno.test("U-003 removing a board moves its folder to the archive, twice in a second too", () =>
  withHome(async (places, home) => {
    for (const text of ["first", "second"]) {
      await writeBoardMeta(places, "site", { name: text }, now);
      await withFile(places.of("site").db, text);
      const path = await removeBoard(places, "site", { delete: false, now });
      assert.equal(await Deno.readTextFile(join(path!, "kanban.db")), text);
      assert.equal(await boardExists(places, "site"), false);
    }
    const found = await archivedBoards(places);
    assert.deepEqual(
      found.map(({ meta, dir }) => [meta.slug, meta.name, meta.archived, dir]),
      ["first", "second"].map((name, index) => [
        "site",
        name,
        true,
        join(home, `kanban/boards/_archived/site-${now}${index === 0 ? "" : "-1"}`),
      ]),
    );
  }));

Deno.test("U-003 removing the current board resets the pointer; removing another one leaves it", () =>
  withHome(async (places) => {
    await writeBoardMeta(places, "site", {}, now);
    await writeBoardMeta(places, "other", {}, now);
    await switchBoard(places, "site");
    await removeBoard(places, "other", { delete: true, now });
    assert.equal(await currentBoard(places), "site");
    await removeBoard(places, "site", { delete: true, now });
    assert.equal(await currentBoard(places), "default");
    // A board that is made anew under the name is not current again by an old pointer.
    await writeBoardMeta(places, "site", {}, now);
    assert.equal(await currentBoard(places), "default");
  }));

Deno.test("U-003 the default board cannot be removed, an unknown one is named with those there are", () =>
  withHome(async (places) => {
    const options = { delete: true, now };
    await assert.rejects(removeBoard(places, "default", options), failsWith("refused", /default/));
    await assert.rejects(removeBoard(places, "nope", options), (error: unknown) => {
      assert.ok(failsWith("not_found", /"nope"/)(error));
      assert.match((error as HermesError).remedy ?? "", /There are: default\./);
      return true;
    });
  }));

Deno.test("U-003 P-063 deleting a board that is a link deletes the link, not what it names", () =>
  withHome(async (places, home) => {
    await withFile(join(home, "elsewhere/board.json"), "{}");
    await Deno.mkdir(places.boardsDir, { recursive: true });
    await Deno.symlink(join(home, "elsewhere"), join(places.boardsDir, "linked"));
    assert.ok(await boardExists(places, "linked"));
    await assert.rejects(
      removeBoard(places, "linked", { delete: true, now }),
      failsWith("forbidden", /not below/),
    );
    assert.equal(await Deno.readTextFile(join(home, "elsewhere/board.json")), "{}");
  }));

Deno.test("U-005 a default workdir is absolute and there", () =>
  withHome(async (_places, home) => {
    await checkWorkdir(home);
    await Deno.writeTextFile(join(home, "file"), "");
    for (const path of ["src", join(home, "none"), join(home, "file")]) {
      await assert.rejects(checkWorkdir(path), failsWith("invalid", /workdir/), path);
    }
  }));
