// Owns: proof that a restore that is killed leaves a whole board, the old one or the new one.

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { openBoard } from "../../src/kernel/board.ts";
import { backUp } from "../../src/kernel/care/backup.ts";
import { createTask } from "../../src/kernel/create.ts";
import { inspectFile } from "../../src/kernel/engine/sqlite_file.ts";
import { inTempDir } from "./board_fixture.ts";
import { boardFile, namesIn } from "./damage.ts";

const module = new URL("./race/restore_again.ts", import.meta.url).pathname;

const rounds = 20;

Deno.test("a restore killed at any moment leaves a sound board, and every board that was there is kept", () =>
  inTempDir(async (dir) => {
    const path = await boardFile(dir, 600);
    const small = (await backUp(path, join(dir, "small"))).file;
    const board = await openBoard({ slug: "default", path });
    for (let number = 0; number < 30; number++) await createTask(board, { title: "more" });
    await board.close();
    const large = (await backUp(path, join(dir, "large"))).file;
    for (let round = 0; round < rounds; round++) {
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--quiet", module, path, small, large],
        stdout: "piped",
        stderr: "inherit",
      }).spawn();
      const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
      let said = "\n";
      const began = async (number: number) => {
        while (!said.includes(`\n${number}\n`)) said += (await reader.read()).value ?? "";
        return performance.now();
      };
      // The kills are spread over the time that one restore takes.
      const duration = -(await began(1)) + await began(2);
      const moment = duration * (round + 0.5) / rounds;
      await new Promise((resolve) => setTimeout(resolve, moment));
      child.kill("SIGKILL");
      await child.status;
      await reader.cancel();
      const names = namesIn(dir);
      assert.ok(names.includes("kanban.db"), "the board is never missing");
      assert.equal((await inspectFile(path)).state, "sound", `round ${round}`);
      assert.ok([600, 630].includes(countIn(path)), "one board or the other");
      for (const name of names.filter((it) => /before-restore-\d+(-\d+)?$/.test(it))) {
        assert.equal((await inspectFile(join(dir, name))).state, "sound", name);
        assert.ok([600, 630].includes(countIn(join(dir, name))), name);
        await Deno.remove(join(dir, name));
      }
    }
  }));

function countIn(path: string): number {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return Number(db.prepare("SELECT COUNT(*) AS n FROM tasks").get()!["n"]);
  } finally {
    db.close();
  }
}
