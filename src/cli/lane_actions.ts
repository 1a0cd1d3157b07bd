// Owns: the command by which the dispatcher starts the supervisor of a foreign program. It is in no help.

import type { Command } from "commander";
import type { GlobalOptions } from "./execute.ts";
import type { CliHost } from "./host.ts";

/** The word for it. */
export const laneRun = "lane-run";

/** Adds the command below `program`; `end` gets the exit status. */
export function addLaneRun(program: Command, host: CliHost, end: (status: number) => void): void {
  const command = program.command(laneRun, { hidden: true })
    .option("--skills <name>", "Skill for the prompt (may be repeated)", collect)
    .action(async () => {
      const { profile, board, skills } = command.optsWithGlobals<
        GlobalOptions & { skills?: string[] }
      >();
      end(await host.actions.runLane({ profile, board, color: false, skills: skills ?? [] }));
    });
}

function collect(word: string, before: string[] | undefined): string[] {
  return [...before ?? [], word];
}
