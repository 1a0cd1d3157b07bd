// Owns: proof that a worker's environment says whether its task is in goal mode.

import assert from "node:assert/strict";
import { inWorld } from "./world.ts";

Deno.test("U-009 U-056 a worker knows its goal mode and turns, and inherits neither from anybody", () =>
  inWorld(async (world) => {
    world.workersRun("env > env; echo $$ > pid; exec sleep 600");
    const goal = await world.add({ goalMode: true });
    const bounded = await world.add({ goalMode: true, goalMaxTurns: 3 });
    const plain = await world.add();
    const { environment } = world.deps;
    world.deps.environment = () => ({
      ...environment(),
      HERMES_KANBAN_GOAL_MODE: "1",
      HERMES_KANBAN_GOAL_MAX_TURNS: "99",
      HERMES_KANBAN_TERMINAL: "1",
    });
    await world.dispatch();
    for (
      const [id, expected] of [[goal, ["1", "20"]], [bounded, ["1", "3"]], [plain, []]] as const
    ) {
      await world.pidIn(id, "pid");
      const env = await Deno.readTextFile(world.file(id, "env"));
      const value = (name: string) =>
        new RegExp(`^HERMES_KANBAN_${name}=(.*)$`, "m").exec(env)?.[1];
      const found = [value("GOAL_MODE"), value("GOAL_MAX_TURNS")].filter((each) => each);
      assert.deepEqual(found, expected);
      assert.equal(value("TERMINAL"), undefined, "no worker is another's helper");
    }
  }));
