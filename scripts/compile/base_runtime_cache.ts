// Owns: cutting a base runtime out of a published program, checking it and keeping it in a cache.

import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { HermesError } from "../../src/base/errors.ts";
import type { BaseRuntimePin } from "./base_runtimes.ts";
import { baseRuntimeLength } from "./elf.ts";

/** Fetches the published program a pin names; gives its bytes. */
export type FetchProgram = (pin: BaseRuntimePin) => Promise<Uint8Array>;

/**
 * The base runtime at the start of `program`.
 *
 * @throws HermesError `corrupt` when the cut differs from the pin in length or SHA-256.
 */
export function cutBaseRuntime(program: Uint8Array, pin: BaseRuntimePin): Uint8Array {
  const cut = program.subarray(0, baseRuntimeLength(program));
  const found = sha256(cut);
  if (cut.length === pin.bytes && found === pin.sha256) return cut;
  throw new HermesError(
    "corrupt",
    `Cannot use the base runtime of "${pin.package}@${pin.version}": ` +
      `expected ${pin.bytes} bytes with SHA-256 ${pin.sha256}, ` +
      `found ${cut.length} bytes with SHA-256 ${found}`,
    {
      remedy: "Do not run it. Check which registry npm uses (npm config get registry), " +
        "or compile with --runtime=default.",
    },
  );
}

/**
 * Path of the checked base runtime below `cacheDir`; `fetchProgram` is called only when no intact
 * copy lies there. A damaged copy is replaced, never used.
 */
export async function provideBaseRuntime(
  pin: BaseRuntimePin,
  cacheDir: string,
  fetchProgram: FetchProgram,
): Promise<string> {
  const path = join(cacheDir, `base-runtime-${pin.sha256.slice(0, 16)}`);
  const kept = await readIfExists(path);
  if (kept && sha256(kept) === pin.sha256) return path;
  const runtime = cutBaseRuntime(await fetchProgram(pin), pin);
  await Deno.mkdir(dirname(path), { recursive: true });
  const fresh = `${path}.${crypto.randomUUID()}`;
  await Deno.writeFile(fresh, runtime, { mode: 0o755 });
  await Deno.rename(fresh, path);
  return path;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function readIfExists(path: string): Promise<Uint8Array | null> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
