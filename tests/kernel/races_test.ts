// Owns: proof that processes which use one board at the same moment never get in each other's way.

import assert from "node:assert/strict";
import { join } from "node:path";
import { openBoard } from "../../src/kernel/board.ts";
import { createTask } from "../../src/kernel/create.ts";
import { inTempDir } from "./board_fixture.ts";
import { race } from "./race/process.ts";

const processes = Number(Deno.env.get("HERMES_RACE_PROCESSES") ?? 8);
const claims = Number(Deno.env.get("HERMES_RACE_CLAIMS") ?? 40);

interface Claimer {
  won: string[];
  lost: number;
  errors: string[];
}

for (
  const { journal, version, each } of [
    { journal: "wal", version: "", each: claims },
    { journal: "delete", version: "3.50.2", each: Math.ceil(claims / 10) },
  ]
) {
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

Deno.test(`S-035 R-21 P-036 ${processes} processes create with the same keys: one row each`, () =>
  inTempDir(async (dir) => {
    const path = join(dir, "kanban.db");
    const keys = 10;
    const answers = await race<string[]>(processes, "create_same", () => [path, String(keys)]);
    for (const ids of answers) assert.deepEqual(ids, answers[0]);
    assert.equal(new Set(answers[0]).size, keys);
    const board = await openBoard({ slug: "default", path });
    const rows = await board.engine.read((tx) =>
      tx.all<{ id: string }>("SELECT id FROM tasks UNION ALL SELECT task_id FROM task_events")
    );
    assert.equal(rows.length, 2 * keys, "one task and one event per key");
    await board.close();
  }));
