// Owns: proof that the program works in homes with odd names, and that a link to a home is that home.

import assert from "node:assert/strict";
import { join } from "node:path";
import { inWorld } from "../harness/program.ts";

Deno.test("S-010 homes with spaces, unicode and quotes, and links to them, work from the command line", () =>
  inWorld(async (world) => {
    const home = join(world.home, "my ünïcødé 日本 'home' \"$x\" %20");
    await Deno.mkdir(home, { recursive: true });
    const linked = join(world.home, "link to it");
    await Deno.symlink(home, linked);
    const title = `"; rm -rf / # $(id) '--json'`;
    const env = { HERMES_HOME: home };
    const made = await world.json(["kanban", "create", title, "--assignee", "дмитрий"], { env });
    const viaLink = { env: { HERMES_HOME: linked } };
    const listed = await world.json(["kanban", "list"], viaLink);
    assert.deepEqual(listed.map((task: { id: string; title: string }) => [task.id, task.title]), [
      [made.id, title],
    ]);
    await world.ok(["kanban", "comment", listed[0].id, "‮abc 👩‍👧"], viaLink);
    const shown = await world.ok(["kanban", "show", listed[0].id], { env });
    assert.match(shown.stdout, /👩‍👧/);
    assert.equal(
      [...Deno.readDirSync(world.home)].length,
      2,
      "nothing was written beside the home",
    );
  }));
