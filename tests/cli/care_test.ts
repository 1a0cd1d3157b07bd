// Owns: tests of the care of a board as a person meets it on the command line.

import assert from "node:assert/strict";
import { join } from "node:path";
import { inWorld, until, type World } from "../harness/program.ts";
import { namesIn, ruinPageOf, titlesIn } from "../kernel/damage.ts";

async function withTasks(count: number, body: (world: World, db: string) => Promise<void>) {
  await inWorld(async (world) => {
    for (let number = 1; number <= count; number++) {
      await world.ok(["kanban", "create", `task ${number}`, "--body", "x".repeat(400)]);
    }
    await body(world, join(world.home, "kanban.db"));
  });
}

Deno.test("doctor, backup and restore bring a damaged board back", () =>
  withTasks(12, async (world, db) => {
    assert.match((await world.ok(["kanban", "doctor"])).stdout, /The board is healthy/);
    const copy = join(world.home, "copy.db");
    const made = await world.ok(["kanban", "backup", copy]);
    assert.match(made.stdout, /^Backed up board default to .*copy\.db \(\d.* KB, checked\)\n$/);
    const again = await world.run(["kanban", "backup", copy]);
    assert.equal(again.code, 1);
    assert.match(again.stderr, /the file exists[\s\S]*--force/);

    ruinPageOf(db, "tasks");
    const damaged = await Deno.readFile(db);
    const listed = await world.run(["kanban", "list"]);
    assert.equal(listed.code, 1);
    assert.match(listed.stderr, /malformed[\s\S]*A copy of it is kept as .*\.bak[\s\S]*doctor/);
    const looked = await world.run(["kanban", "doctor", "--fix"]);
    assert.equal(looked.code, 1);
    assert.match(looked.stdout, /error {2}The board file is damaged {2}\[integrity\]/);
    assert.match(looked.stdout, /1 error/);
    const asked = await world.run(["kanban", "doctor", "--json"]);
    assert.equal(asked.code, 1);
    assert.equal(JSON.parse(asked.stdout).healthy, false);

    const restored = await world.ok(["kanban", "restore", copy]);
    assert.match(restored.stdout, /Restored board default: 12 tasks/);
    const [kept] = namesIn(world.home).filter((name) => /before-restore-\d+$/.test(name));
    assert.ok(restored.stdout.includes(kept!));
    assert.deepEqual(await Deno.readFile(join(world.home, kept!)), damaged);
    assert.equal((await world.json(["kanban", "list"])).length, 12);
    assert.match((await world.ok(["kanban", "doctor"])).stdout, /The board is healthy/);
  }));

Deno.test("doctor --fix mends damaged indexes, and a second look finds nothing", () =>
  withTasks(12, async (world, db) => {
    ruinPageOf(db, "idx_tasks_status");
    assert.match((await world.run(["kanban", "doctor"])).stdout, /every table is whole/);
    const mended = await world.ok(["kanban", "doctor", "--fix"]);
    assert.match(mended.stdout, /fixed {2}Indexes are damaged/);
    assert.match(mended.stdout, /The board is healthy, 1 put right/);
    assert.equal((await world.json(["kanban", "list"])).length, 12);
    assert.equal(titlesIn(db).length, 12);
  }));

Deno.test("restore waits for no gateway: it refuses while one dispatches the board, unless forced", () =>
  withTasks(1, async (world) => {
    const copy = join(world.home, "copy.db");
    await world.ok(["kanban", "backup", copy]);
    await world.ok(["kanban", "create", "after the backup"]);
    const gateway = world.start(["gateway", "start"]);
    await until("the gateway dispatches", async () => {
      const { dispatched } = JSON.parse((await world.run(["kanban", "doctor", "--json"])).stdout);
      return dispatched;
    });
    const refused = await world.run(["kanban", "restore", copy]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /a gateway dispatches it[\s\S]*--force/);
    assert.equal((await world.json(["kanban", "list"])).length, 2);
    await world.ok(["kanban", "restore", copy, "--force"]);
    assert.equal((await world.json(["kanban", "list"])).length, 1);
    // The gateway notices that the board is another file, and goes on with that one.
    await until(
      "the gateway has backed the board up",
      () =>
        namesIn(join(world.home, "kanban")).includes("backups") &&
        namesIn(join(world.home, "kanban", "backups")).some((name) => name.endsWith(".db")),
    );
    gateway.signal("SIGTERM");
    assert.equal((await gateway.ended).code, 0);
  }));

Deno.test("export and import carry a board to another one, through a file and through a pipe", () =>
  withTasks(2, async (world) => {
    const file = join(world.home, "board.jsonl");
    assert.match(
      (await world.ok(["kanban", "export", file])).stdout,
      /Exported board default: 2 tasks/,
    );
    const piped = (await world.ok(["kanban", "export"])).stdout;
    const withoutTime = (text: string) => text.replace(/"exported_at":\d+/, "");
    assert.equal(withoutTime(piped), withoutTime(await Deno.readTextFile(file)));
    const refused = await world.run(["kanban", "import", file]);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /2 tasks of it on this board already[\s\S]*--remap/);
    const tried = await world.ok(["kanban", "--board", "copy", "import", file, "--dry-run"]);
    assert.match(tried.stdout, /^Would import 2 tasks[\s\S]*Nothing was changed/);
    assert.equal((await world.json(["kanban", "--board", "copy", "list"])).length, 0);
    await world.ok(["kanban", "--board", "copy", "import", file]);
    const ids = async (board: string) =>
      (await world.json(["kanban", "--board", board, "list"])).map((task: { id: string }) =>
        task.id
      );
    assert.deepEqual((await ids("copy")).sort(), (await ids("default")).sort());
    const remapped = await world.json(["kanban", "import", file, "--remap"]);
    assert.equal(Object.keys(remapped.ids).length, 2);
    assert.equal((await ids("default")).length, 4);
  }));

Deno.test("S-120 S-187 gc prints three counts", () =>
  withTasks(1, async (world) => {
    const [task] = await world.json(["kanban", "list"]);
    await Deno.mkdir(join(world.home, "kanban", "workspaces", task.id), { recursive: true });
    await world.ok(["kanban", "archive", task.id]);
    const { stdout } = await world.ok(["kanban", "gc", "--event-retention-days", "0"]);
    assert.match(
      stdout,
      /^Workspaces moved to the trash: 1.*7 days\nEvents deleted: \d\nLogs deleted: 0\n$/,
    );
  }));
