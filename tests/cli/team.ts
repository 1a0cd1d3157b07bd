// Owns: a world with a team and a scripted model, for tests of the command line.

import { join } from "node:path";
import { startRehearsal } from "../../src/rehearsal/server.ts";
import { inWorld, type World } from "../harness/program.ts";

/** A world with a team and a scripted model. */
export async function withTeam(body: (world: World) => Promise<void>): Promise<void> {
  await inWorld(async (world) => {
    const model = await startRehearsal();
    try {
      for (const name of ["researcher", "writer", "reviewer"]) {
        await world.ok(["profile", "create", name, "--description", `Does ${name} work`]);
      }
      await Deno.writeTextFile(
        join(world.home, "config.yaml"),
        `model:\n  provider: custom\n  default: rehearsal\n  base_url: ${model.url}\n`,
      );
      await body(world);
    } finally {
      await model.stop();
    }
  });
}
