// Owns: reading the table of pinned base runtimes (`base_runtimes.json`).

import { z } from "zod";
import { HermesError } from "../../src/base/errors.ts";

const pinSchema = z.strictObject({
  package: z.string().regex(/^(@[a-z0-9._-]+\/)?[a-z0-9._-]+$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  file: z.string().regex(/^package\/[^\0]+$/).refine((path) => !path.split("/").includes("..")),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const tableSchema = z.strictObject({
  compiler: z.string().regex(/^\d+\.\d+\.\d+$/),
  runtimes: z.record(z.string().regex(/^[a-z]+-[a-z0-9_]+$/), pinSchema),
});

/** One published program to cut a base runtime from, and what the cut must be. */
export type BaseRuntimePin = z.infer<typeof pinSchema>;

/** The Deno version that must do the compiling, and a pin per `<os>-<arch>`. */
export type BaseRuntimeTable = z.infer<typeof tableSchema>;

/** @throws HermesError `config` naming the first field that is missing or malformed. */
export function readBaseRuntimes(data: unknown): BaseRuntimeTable {
  const parsed = tableSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join(".") || "the top level";
  throw new HermesError(
    "config",
    `Cannot read base_runtimes.json: ${where}: ${issue?.message ?? "malformed"}`,
  );
}

/** @throws HermesError `unavailable` when no base runtime is pinned for this kind of machine. */
export function pinFor(table: BaseRuntimeTable, os: string, arch: string): BaseRuntimePin {
  const pin = table.runtimes[`${os}-${arch}`];
  if (pin) return pin;
  throw new HermesError(
    "unavailable",
    `Cannot take a base runtime from npm for "${os}-${arch}": only ${
      Object.keys(table.runtimes).join(" and ")
    } are pinned`,
    { remedy: "Run deno task compile --runtime=default on a network that reaches dl.deno.land." },
  );
}
