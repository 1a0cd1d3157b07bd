// Owns: tests of the daily backups.

import assert from "node:assert/strict";
import { join } from "node:path";
import { ManualClock } from "../../src/base/clock.ts";
import { createLog } from "../../src/base/log.ts";
import {
  type BackedUpBoard,
  backUpToday,
  DailyBackup,
  dailyBackups,
  dailyFolder,
} from "../../src/kernel/care/daily_backup.ts";
import { eventually } from "./eventually.ts";
import { inTempDir } from "./board_fixture.ts";
import { boardFile, namesIn, ruinPageOf, titlesIn } from "./damage.ts";

const day = 86_400;
/** 2026-08-01 00:00:00 UTC. */
const start = 1_785_542_400;

async function inFolder(body: (board: BackedUpBoard, dir: string) => Promise<void>): Promise<void> {
  await inTempDir(async (dir) => {
    const db = await boardFile(dir, 3);
    await body({ slug: "default", db, folder: dailyFolder(dir) }, dir);
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

Deno.test("DailyBackup makes today's backup when it starts, and one board's trouble stops no other", () =>
  inTempDir(async (dir) => {
    const broken = join(dir, "broken");
    const sound = join(dir, "sound");
    const boards: BackedUpBoard[] = [];
    for (const folder of [broken, sound]) {
      await Deno.mkdir(folder);
      const db = await boardFile(folder, 2);
      boards.push({ slug: folder, db, folder: dailyFolder(folder) });
    }
    ruinPageOf(boards[0]!.db, "tasks");
    const said: string[] = [];
    const service = new DailyBackup({
      boards: () => Promise.resolve(boards),
      keepDays: () => Promise.resolve(7),
      clock: new ManualClock(start),
      log: createLog((level, message, fields) =>
        said.push(`${level} ${message} ${fields?.["board"]}`)
      ),
    });
    await service.start();
    await service.start();
    await eventually("both boards were looked after", () => said.length === 2);
    await service.stop();
    await service.stop();
    assert.deepEqual(said, [`error daily backup failed ${broken}`, `info backed up ${sound}`]);
    assert.deepEqual(namesIn(boards[1]!.folder), ["kanban-2026-08-01.db"]);
  }));
