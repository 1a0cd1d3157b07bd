// Owns: what a benchmark row is, and the figures it gives.

import { HermesError } from "../../src/base/errors.ts";
import { median, percentile } from "./statistics.ts";

export type Unit = "ms" | "per s" | "MB" | "% of a core";

/** One line of the table. */
export interface Figure {
  /** What was measured. */
  what: string;
  unit: Unit;
  /** The median of the samples unless `what` names a percentile. */
  value: number;
  min: number;
  max: number;
  samples: number;
  /** The least that is wanted of a rate (`per s`); the most that is allowed of everything else. */
  budget?: number;
  /** The reference implementation's figure, in the same unit. */
  reference?: number;
  /** Something a reader must know to read the figure right. */
  note?: string;
}

/** How much to measure. */
export interface Settings {
  /** Samples per figure. */
  runs: number;
  /** Adds the rows and sizes that take minutes. */
  big: boolean;
  /** A number of tasks, processes or the like, made smaller for a try-out; at least `least`. */
  size(full: number, least?: number): number;
}

/** A family of figures measured together. */
export interface Row {
  /** What `--row` takes. */
  name: string;
  /** Measured only with `--big` or when named. */
  big?: true;
  /** @throws HermesError `unavailable` when it cannot be measured here. */
  measure(settings: Settings): Promise<Figure[]>;
}

/** What a figure is told besides its samples. */
export type About = Pick<Figure, "budget" | "reference" | "note">;

/** A figure whose value is the median. */
export function figure(
  what: string,
  unit: Unit,
  samples: readonly number[],
  about: About = {},
): Figure {
  return { what, unit, value: median(samples), ...range(samples), ...about };
}

/** A figure whose value is a percentile, such as 0.99. */
export function percentileFigure(
  what: string,
  share: number,
  unit: Unit,
  samples: readonly number[],
  about: About = {},
): Figure {
  const name = `${what}, p${Math.round(share * 100)}`;
  return { what: name, unit, value: percentile(samples, share), ...range(samples), ...about };
}

/** Budget used up, 1 = all of it; null without a budget. */
export function budgetUsed({ unit, value, budget }: Figure): number | null {
  if (budget === undefined) return null;
  return unit === "per s" ? budget / value : value / budget;
}

/** What a row throws that cannot be measured on this machine or in this tree. */
export function notHere(row: string, reason: string, remedy: string): HermesError {
  return new HermesError("unavailable", `Cannot measure row "${row}": ${reason}`, { remedy });
}

function range(samples: readonly number[]): Pick<Figure, "min" | "max" | "samples"> {
  return { min: Math.min(...samples), max: Math.max(...samples), samples: samples.length };
}
