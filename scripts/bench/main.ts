// Owns: `deno task bench`: measuring the rows and printing the machine and the table.

import { toHermesError } from "../../src/base/errors.ts";
import { runScript } from "../project.ts";
import { benchUsage, parseBenchArgs } from "./args.ts";
import type { Figure, Settings } from "./figure.ts";
import { describeMachine, machineLine } from "./machine.ts";
import { rows } from "./rows.ts";
import { markdownTable } from "./table.ts";

/** Prints what goes on; the figures alone go to standard output. */
function say(line: string): void {
  console.error(`bench: ${line}`);
}

async function main(): Promise<number> {
  const names = rows.map((row) => row.name);
  const options = parseBenchArgs(Deno.args, names);
  if (options.help) {
    console.log(benchUsage(names));
    return 0;
  }
  const settings: Settings = { runs: options.runs, big: options.big, size: (full) => full };
  const chosen = rows.filter((row) =>
    options.rows.length > 0 ? options.rows.includes(row.name) : options.big || !row.big
  );
  const machine = await describeMachine();
  const figures: Figure[] = [];
  const missing: string[] = [];
  for (const row of chosen) {
    say(row.name);
    try {
      figures.push(...await row.measure(settings));
    } catch (thrown) {
      const error = toHermesError(thrown);
      if (error.code !== "unavailable") throw thrown;
      missing.push([error.message, error.remedy].filter(Boolean).join(". "));
    }
  }
  if (options.json) console.log(JSON.stringify({ machine, figures, missing }, null, 2));
  else console.log(`${machineLine(machine)}\n\n${markdownTable(figures)}`);
  for (const reason of missing) say(reason);
  return 0;
}

if (import.meta.main) await runScript("bench", main);
