// Owns: tests of the daily backups.

import assert from "node:assert/strict";
import {
  type BackedUpBoard,
  backUpToday,
  dailyBackups,
  dailyFolder,
} from "../../src/kernel/care/daily_backup.ts";
import { inTempDir } from "./board_fixture.ts";
import { boardFile, namesIn, ruinPageOf, titlesIn } from "./damage.ts";

const day = 86_400;
/** 2026-08-01 00:00:00 UTC. */
const start = 1_785_542_400;

async function inFolder(body: (board: BackedUpBoard, dir: string) => Promise<void>): Promise<void> {
  await inTempDir(async (dir) => {
    const db = await boardFile(dir, 3);
    await body({ db, folder: dailyFolder(dir) }, dir);
  });
}

Deno.test("backUpToday() makes one backup a day and keeps those of the last days", () =>
  inFolder(async (board) => {
    for (let number = 0; number < 10; number++) {
      const now = start + number * day + 3600;
      const made = await backUpToday(board, 3, now);
      assert.ok(made && made.size > 0);
      assert.equal(await backUpToday(board, 3, now + 7200), null, "one a day");
    }
    const kept = await dailyBackups(board.folder);
    assert.deepEqual(kept.map((copy) => copy.day), ["2026-08-10", "2026-08-09", "2026-08-08"]);
    assert.deepEqual(titlesIn(kept[0]!.file), ["task 1", "task 2", "task 3"]);
    assert.equal(namesIn(board.folder).length, 3);
  }));

Deno.test("backUpToday() with 0 days makes none and forgets none", () =>
  inFolder(async (board) => {
    await backUpToday(board, 7, start);
    assert.equal(await backUpToday(board, 0, start + 100 * day), null);
    assert.equal((await dailyBackups(board.folder)).length, 1);
  }));

Deno.test("backUpToday() of a damaged board fails and keeps every older backup", () =>
  inFolder(async (board) => {
    await backUpToday(board, 2, start);
    ruinPageOf(board.db, "tasks");
    await assert.rejects(backUpToday(board, 2, start + 30 * day), { code: "corrupt" });
    assert.deepEqual((await dailyBackups(board.folder)).map((copy) => copy.day), ["2026-08-01"]);
    assert.deepEqual(titlesIn((await dailyBackups(board.folder))[0]!.file).length, 3);
  }));
