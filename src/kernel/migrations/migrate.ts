// Owns: bringing a board file to the current schema, once, whoever wrote it.

import type { Clock } from "../../base/clock.ts";
import { HermesError } from "../../base/errors.ts";
import type { Engine, WriteTx } from "../engine/port.ts";
import { adoptRunningTasks, columnNames, schemaVersion, sql } from "../queries/schema.ts";
import tables from "./0001_tables.sql" with { type: "text" };
import legacyEvents from "./0003_legacy_events.sql" with { type: "text" };
import indexes from "./0005_indexes.sql" with { type: "text" };
import undoAndSearch from "./0006_undo_and_search.sql" with { type: "text" };
import attachments from "./0007_attachments.sql" with { type: "text" };
import plansAndUsage from "./0009_plans_and_usage.sql" with { type: "text" };
import { laterColumns } from "./columns.ts";
import { mendDrift } from "./mend.ts";

/** One step. Every step can run again on a file that already had it. */
interface Migration {
  version: number;
  name: string;
  up(engine: Engine, tx: WriteTx, now: number): Promise<void>;
}

const migrations: readonly Migration[] = [
  { version: 1, name: "tables", up: (engine, tx) => engine.script(tx, tables) },
  { version: 2, name: "columns", up: addMissingColumns },
  { version: 3, name: "legacy_events", up: (engine, tx) => engine.script(tx, legacyEvents) },
  { version: 4, name: "adopt_runs", up: (_engine, tx, now) => adoptRunningTasks(tx, now) },
  { version: 5, name: "indexes", up: (engine, tx) => engine.script(tx, indexes) },
  { version: 6, name: "undo_and_search", up: (engine, tx) => engine.script(tx, undoAndSearch) },
  { version: 7, name: "attachments", up: (engine, tx) => engine.script(tx, attachments) },
  { version: 8, name: "drift", up: mendAndIndex },
  { version: 9, name: "plans_and_usage", up: addPlansAndUsage },
];

/** The schema version this program writes. */
export const currentVersion = migrations.length;

/**
 * Applies what the file lacks, each step in a transaction of its own; racing installers wait for one
 * another. `force` runs every step again (they are idempotent).
 *
 * @returns the names of the steps that ran.
 * @throws HermesError `schema_too_new` when a newer hermes wrote the file; nothing is changed then.
 */
export async function migrate(engine: Engine, clock: Clock, force = false): Promise<string[]> {
  const found = await engine.read(schemaVersion);
  if (found > currentVersion) throw tooNew(engine.info.location, found);
  const ran: string[] = [];
  if (found === currentVersion && !force) return ran;
  for (const migration of migrations) {
    await engine.write(async (tx) => {
      await tx.run(sql.ledger);
      const version = await schemaVersion(tx);
      if (version > currentVersion) throw tooNew(engine.info.location, version);
      if (version >= migration.version && !force) return;
      await migration.up(engine, tx, clock.now());
      await tx.run(sql.record, [migration.version, migration.name, clock.now()]);
      ran.push(migration.name);
    });
  }
  return ran;
}

async function addMissingColumns(engine: Engine, tx: WriteTx): Promise<void> {
  for (const [table, columns] of Object.entries(laterColumns)) {
    const present = await columnNames(tx, table);
    for (const [column, declaration] of Object.entries(columns)) {
      if (present.has(column)) continue;
      await engine.script(tx, `ALTER TABLE ${table} ADD COLUMN ${column} ${declaration}`);
    }
  }
  // Whatever comes next counts on ids that are numbers.
  await mendDrift(engine, tx, tables + attachments);
}

/** For files that an earlier release of this program migrated as they were. */
async function mendAndIndex(engine: Engine, tx: WriteTx, now: number): Promise<void> {
  await mendDrift(engine, tx, tables + attachments);
  await adoptRunningTasks(tx, now);
  await engine.script(tx, indexes + attachments);
}

async function addPlansAndUsage(engine: Engine, tx: WriteTx): Promise<void> {
  await addMissingColumns(engine, tx);
  await engine.script(tx, plansAndUsage);
}

function tooNew(location: string, found: number): HermesError {
  return new HermesError(
    "schema_too_new",
    `Cannot open board "${location}": its schema is version ${found}, this hermes knows ${currentVersion}`,
    { remedy: "Update hermes to the release that wrote this board." },
  );
}
