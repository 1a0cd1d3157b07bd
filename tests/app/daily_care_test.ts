// Owns: tests of what a gateway does for a board every day.

import assert from "node:assert/strict";
import { join } from "node:path";
import { ManualClock } from "../../src/base/clock.ts";
import { createLog } from "../../src/base/log.ts";
import { DailyCare } from "../../src/app/daily_care.ts";
import { defaultConfig } from "../../src/config/defaults.ts";
import { boardPaths, resolvePaths } from "../../src/config/paths.ts";
import { until } from "../harness/program.ts";
import { inTempDir } from "../kernel/board_fixture.ts";
import { boardFile, namesIn, ruinPageOf, titlesIn } from "../kernel/damage.ts";

/** 2026-08-01 00:00:00 UTC. */
const start = 1_785_542_400;

async function careFor(home: string, lines: number): Promise<string[]> {
  const paths = resolvePaths({ HERMES_HOME: home });
  const said: string[] = [];
  const care = new DailyCare({
    paths: boardPaths(paths, "default"),
    config: () => Promise.resolve(defaultConfig),
    clock: new ManualClock(start),
    log: createLog((level, message) => said.push(`${level} ${message}`)),
  });
  await care.start();
  await care.start();
  await until("the board was looked after", () => said.length >= lines);
  await care.stop();
  await care.stop();
  return said;
}

Deno.test("DailyCare backs a board up and empties its trash when it starts", () =>
  inTempDir(async (home) => {
    await boardFile(home, 2);
    const trash = join(home, "kanban", "workspaces", ".trash");
    for (const age of [6, 8]) {
      const folder = join(trash, `t_${age}.${start - age * 86_400}`);
      await Deno.mkdir(folder, { recursive: true });
    }
    assert.deepEqual(await careFor(home, 2), ["info backed up", "info emptied the trash"]);
    const backups = join(home, "kanban", "backups");
    assert.deepEqual(namesIn(backups), ["kanban-2026-08-01.db"]);
    assert.deepEqual(titlesIn(join(backups, "kanban-2026-08-01.db")), ["task 1", "task 2"]);
    assert.deepEqual(namesIn(trash), [`t_6.${start - 6 * 86_400}`]);
  }));

Deno.test("DailyCare of a damaged board says so and goes on", () =>
  inTempDir(async (home) => {
    ruinPageOf(await boardFile(home, 2), "tasks");
    await Deno.mkdir(join(home, "kanban", "workspaces", ".trash", "t_1.5"), { recursive: true });
    const said = await careFor(home, 2);
    assert.deepEqual(said, ["error daily backup failed", "info emptied the trash"]);
    assert.deepEqual(namesIn(join(home, "kanban", "backups")), []);
  }));
