// Owns: one row of the benchmarks on a tiny board: its name is the argument, its figures are printed as JSON.

import { rows } from "../../scripts/bench/rows.ts";
import type { Settings } from "../../scripts/bench/figure.ts";

const tiny: Settings = {
  runs: 2,
  big: false,
  size: (full, least = 1) => Math.max(least, Math.round(full / 500)),
};

const row = rows.find(({ name }) => name === Deno.args[0]);
if (!row) throw new Error(`no row "${Deno.args[0]}"`);
console.log(JSON.stringify(await row.measure(tiny)));
