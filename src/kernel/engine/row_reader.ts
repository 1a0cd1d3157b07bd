// Owns: turning what a query yields into plain row objects.

import type { StatementSync } from "node:sqlite";
import type { SqlValue } from "./port.ts";
import { isTimeColumn, wholeSeconds } from "./foreign_times.ts";

type Row = Record<string, unknown>;

/**
 * Reads the rows of one prepared query. SQLite's own row objects are dictionaries without a prototype, on
 * which everything that follows is slow; objects made here share one shape.
 */
export class RowReader {
  readonly #statement: StatementSync;
  readonly #make: (values: unknown[]) => Row;
  /** Positions of the columns that hold times, which other programs may have stored in other forms. */
  readonly #times: readonly number[];

  constructor(statement: StatementSync) {
    this.#statement = statement;
    const names = statement.columns().map((column) => column.name);
    this.#times = [...names.keys()].filter((at) => isTimeColumn(names[at]!));
    this.#make = rowMaker(names);
    // Known to the runtime, not yet to its type declarations.
    (statement as StatementSync & { setReturnArrays(on: boolean): void }).setReturnArrays(true);
  }

  all(params: readonly SqlValue[]): Row[] {
    const rows = this.#statement.all(...params) as unknown as unknown[][];
    return rows.map((values) => this.#row(values));
  }

  get(params: readonly SqlValue[]): Row | undefined {
    const values = this.#statement.get(...params) as unknown as unknown[] | undefined;
    return values && this.#row(values);
  }

  #row(values: unknown[]): Row {
    for (const at of this.#times) values[at] = wholeSeconds(values[at]);
    return this.#make(values);
  }
}

/** A function that names the values of a row. Compiled, because assigning by computed names is as slow as a dictionary. */
function rowMaker(names: readonly string[]): (values: unknown[]) => Row {
  const fields = names.map((name, at) => `${JSON.stringify(name)}: values[${at}]`);
  return new Function("values", `return { ${fields.join(", ")} }`) as (values: unknown[]) => Row;
}
