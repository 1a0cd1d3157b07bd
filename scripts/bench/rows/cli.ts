// Owns: the row about starting the command line.

import { runProgram } from "../../command.ts";
import { type Figure, figure, notHere, type Row } from "../figure.ts";
import { collect, type Measure, timed } from "../measure.ts";
import { programEnvironment, programs, rebuildRemedy } from "../program.ts";
import { seedUsed } from "../seed.ts";
import { withBoardOf, withHome } from "../world.ts";

const budgets = { source: 90, compiled: 70 };

export const cli: Row = {
  name: "cli",
  measure: (settings) =>
    withHome(async (home) => {
      await withBoardOf(home, (board) => seedUsed(board, 20));
      const env = programEnvironment(home);
      const measures: Record<string, Measure> = {};
      const about: Record<string, Pick<Figure, "budget" | "reference">> = {};
      for (const { name, argv } of await programs()) {
        const what = `hermes kanban list, ${name}`;
        measures[what] = startOf([...argv, "kanban", "list"], env);
        about[what] = { budget: budgets[name], reference: 700 };
      }
      measures["node -e 0, to compare"] = startOf(["node", "-e", "0"], env);
      const samples = await collect(settings.runs, measures, 2);
      return Object.entries(samples).map(([what, times]) => figure(what, "ms", times, about[what]));
    }),
};

/** Milliseconds from starting a program to its end. */
function startOf(argv: string[], env: Record<string, string>): Measure {
  return timed(async () => {
    const { code, stderr } = await runProgram(argv, { env, clearEnv: true });
    if (code !== 0) {
      const reason = `${argv.join(" ")} ended with ${code}: ${stderr.trim()}`;
      throw notHere("cli", reason, rebuildRemedy);
    }
  });
}
