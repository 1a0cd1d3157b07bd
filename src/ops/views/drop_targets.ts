// Owns: the operation `transitions`: the state machine as data, and where a card can be dropped.

import * as z from "zod";
import { statuses } from "../../kernel/model/status.ts";
import { accepts, transitions as table } from "../../kernel/lifecycle/transitions.ts";
import type { CommandType } from "../../kernel/lifecycle/commands.ts";
import { defineOp, type OutputOf } from "../define.ts";

/** The command a card is moved by, where it is another than `move`. */
const commandTo: Readonly<Record<string, CommandType>> = {
  running: "claim",
  done: "complete",
  archived: "archive",
};

export const transitions = defineOp({
  name: "transitions",
  group: "kanban",
  summary: "Show the state machine, and where a card can be dropped",
  actors: ["human", "system"],
  input: z.object({}),
  output: z.object({
    statuses: z.array(z.string()).describe("In board order"),
    commands: z.array(z.object({
      command: z.string(),
      from: z.union([z.array(z.string()), z.string()]),
      to: z.string(),
      event: z.string(),
    })),
    drop_targets: z.record(z.string(), z.array(z.string()))
      .describe("Status of a card → statuses it can be moved to with PATCH /tasks/:id"),
  }),
  http: { method: "GET", path: "/transitions", fresh: true },
  run() {
    const commands = Object.entries(table).map(([command, { from, to, event }]) => ({
      command,
      from: typeof from === "string" ? from : [...from],
      to,
      event,
    }));
    return Promise.resolve({ statuses: [...statuses], commands, drop_targets: dropTargets() });
  },
});

export type TransitionsOutput = OutputOf<typeof transitions>;

/** Derived from the table that decides about the moves themselves. */
function dropTargets(): Record<string, string[]> {
  return Object.fromEntries(
    statuses.map((from) => [
      from,
      statuses.filter((to) => to !== from && accepts(commandTo[to] ?? "move", from)),
    ]),
  );
}
