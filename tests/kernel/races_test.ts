// Owns: proof that processes which use one board at the same moment never get in each other's way.

import assert from "node:assert/strict";
import { join } from "node:path";
import { openBoard } from "../../src/kernel/board.ts";
import { createTask } from "../../src/kernel/create.ts";
import { getList } from "../../src/kernel/detail.ts";
import { currentVersion } from "../../src/kernel/migrations/migrate.ts";
import { inTempDir } from "./board_fixture.ts";
import { checkBoard } from "./invariants.ts";
import { race } from "./race/process.ts";

const processes = Number(Deno.env.get("HERMES_RACE_PROCESSES") ?? 8);
const claims = Number(Deno.env.get("HERMES_RACE_CLAIMS") ?? 40);

interface Claimer {
  won: string[];
  lost: number;
  errors: string[];
}

/** Both journals; the rollback journal makes every commit wait for the disk. */
const journals = [
  { journal: "wal", version: "", share: 1 },
  { journal: "delete", version: "3.50.2", share: 0.25 },
];

for (const { journal, version, share } of journals) {
  const each = Math.ceil(claims * share);
  const name = `${processes} processes × ${each} claims on journal ${journal}`;
  Deno.test(`S-058 P-044 ${name}: none twice, none lost, no busy error`, () =>
    inTempDir(async (dir) => {
      const path = join(dir, "kanban.db");
      const total = processes * each;
      const board = await openBoard({ slug: "default", path, sqliteVersion: version || undefined });
      assert.equal(board.engine.info.journal, journal);
      const titles = Array.from({ length: total }, (_, index) => `task ${index}`);
      await Promise.all(titles.map((title) => createTask(board, { title })));
      const outcomes = await race<Claimer>(
        processes,
        "claim_loop",
        (index) => [path, `w${index}`, version],
      );
      assert.deepEqual(outcomes.flatMap(({ errors }) => errors), []);
      const won = outcomes.flatMap((outcome) => outcome.won);
      assert.equal(won.length, total, "a task was claimed twice, or never");
      assert.equal(new Set(won).size, total);
      const counts = await board.engine.read((tx) =>
        tx.get<Record<string, number>>(
          `SELECT (SELECT COUNT(*) FROM tasks WHERE status = 'done') AS done,
                  (SELECT COUNT(*) FROM task_runs WHERE outcome = 'completed') AS runs,
                  (SELECT COUNT(DISTINCT task_id) FROM task_runs) AS attempted,
                  (SELECT COUNT(*) FROM task_events WHERE kind = 'claimed') AS claimed`,
        )
      );
      assert.deepEqual({ ...counts }, {
        done: total,
        runs: total,
        attempted: total,
        claimed: total,
      });
      await board.close();
    }));
}

for (const { journal, version, share } of journals) {
  const options = { slug: "default", sqliteVersion: version || undefined };

  Deno.test(`S-035 R-21 P-036 ${processes} processes create with the same keys on journal ${journal}: one row each`, () =>
    inTempDir(async (dir) => {
      const path = join(dir, "kanban.db");
      const keys = 10;
      const args = [path, String(keys), version];
      const answers = await race<string[]>(processes, "create_same", () => args);
      for (const ids of answers) assert.deepEqual(ids, answers[0]);
      assert.equal(new Set(answers[0]).size, keys);
      const board = await openBoard({ ...options, path });
      assert.equal(board.engine.info.journal, journal);
      const rows = await board.engine.read((tx) =>
        tx.all<{ id: string }>("SELECT id FROM tasks UNION ALL SELECT task_id FROM task_events")
      );
      assert.equal(rows.length, 2 * keys, "one task and one event per key");
      await board.close();
    }));

  Deno.test(`P-044 ${processes} processes install one new board on journal ${journal}: every step once, no row lost`, () =>
    inTempDir(async (dir) => {
      const path = join(dir, "kanban.db");
      const outcomes = await race<{ ran: string[]; journal: string }>(
        processes,
        "open_board",
        () => [path, version],
      );
      assert.deepEqual(new Set(outcomes.map((outcome) => outcome.journal)), new Set([journal]));
      const ran = outcomes.flatMap((outcome) => outcome.ran);
      assert.deepEqual([ran.length, new Set(ran).size], [currentVersion, currentVersion]);
      const board = await openBoard({ ...options, path });
      assert.equal((await getList(board, {})).length, processes);
      await board.close();
    }));

  const operations = Math.ceil(200 * share);
  Deno.test(`S-075 P-047 ${processes} processes × ${operations} operations of every kind on journal ${journal}: every invariant holds`, () =>
    inTempDir(async (dir) => {
      const path = join(dir, "kanban.db");
      const outcomes = await race<{ accepted: number; errors: string[] }>(
        processes,
        "mixed_loop",
        (index) => [path, String(index * 7919), String(operations), version],
      );
      assert.deepEqual(outcomes.flatMap(({ errors }) => errors), []);
      assert.ok(outcomes.some(({ accepted }) => accepted > 0), "nobody got to work");
      const board = await openBoard({ ...options, path });
      await checkBoard(board);
      const { claimed, runs } = (await board.engine.read((tx) =>
        tx.get<{ claimed: number; runs: number }>(
          `SELECT (SELECT COUNT(DISTINCT run_id) FROM task_events WHERE kind = 'claimed') AS claimed,
                  (SELECT COUNT(*) FROM task_runs WHERE claim_lock IS NOT NULL) AS runs`,
        )
      ))!;
      assert.equal(claimed, runs, "every claim has a run of its own");
      await board.close();
    }));

  const tasks = Math.ceil(60 * share);
  Deno.test(`S-063 S-064 ${tasks} tasks, claims shorter than the work and a reclaimer on journal ${journal}: each is done once`, () =>
    inTempDir(async (dir) => {
      const path = join(dir, "kanban.db");
      const board = await openBoard({ ...options, path });
      const titles = Array.from({ length: tasks }, (_, index) => `task ${index}`);
      await Promise.all(titles.map((title) => createTask(board, { title })));
      const outcomes = await race<ShortClaims>(
        processes,
        "short_claims",
        (index) => [path, index === 0 ? "reclaimer" : "worker", version],
      );
      assert.deepEqual(outcomes.flatMap(({ errors }) => errors), []);
      const completed = outcomes.flatMap((outcome) => outcome.completed);
      assert.deepEqual([completed.length, new Set(completed).size], [tasks, tasks]);
      const sum = (of: "late" | "reclaimed") => outcomes.reduce((all, one) => all + one[of], 0);
      assert.equal(sum("late"), sum("reclaimed"), "every late worker was told, nobody else");
      if (share === 1) assert.ok(sum("reclaimed") > 0, "no claim was taken away");
      await checkBoard(board);
      const ended = await board.engine.read((tx) =>
        tx.all<{ outcome: string; n: number }>(
          "SELECT outcome, COUNT(*) AS n FROM task_runs GROUP BY outcome ORDER BY outcome",
        )
      );
      const counts = Object.fromEntries(ended.map(({ outcome, n }) => [outcome, n]));
      assert.equal(counts.completed, tasks);
      assert.equal(counts.reclaimed ?? 0, sum("reclaimed"));
      await board.close();
    }));
}

/** What `short_claims` prints. */
interface ShortClaims {
  completed: string[];
  /** Completions that were refused because the claim had been taken away. */
  late: number;
  reclaimed: number;
  errors: string[];
}
