// Owns: fetching one file of a published npm package with npm's own client.

import { join } from "node:path";
import { HermesError } from "../../src/base/errors.ts";
import { runProgram } from "../command.ts";
import type { BaseRuntimePin } from "./base_runtimes.ts";

/**
 * Bytes of the file a pin names. npm does the download from `projectRoot`, so the registry, proxy
 * and credentials of the user's own settings hold.
 *
 * @throws HermesError `unavailable` when npm or tar fails.
 */
export async function fetchPackageFile(
  pin: BaseRuntimePin,
  projectRoot: string,
): Promise<Uint8Array> {
  const spec = `${pin.package}@${pin.version}`;
  const dir = await Deno.makeTempDir({ prefix: "hermes-npm-" });
  try {
    const packed = await runProgram(
      ["npm", "pack", spec, "--silent", "--pack-destination", dir],
      { cwd: projectRoot },
    );
    const tarball = packed.stdout.trim().split("\n").at(-1) ?? "";
    if (packed.code !== 0 || tarball === "") throw failure(spec, packed.stderr || packed.stdout);
    const unpacked = await runProgram(["tar", "-xzf", join(dir, tarball), "-C", dir, pin.file]);
    if (unpacked.code !== 0) throw failure(spec, unpacked.stderr);
    return await Deno.readFile(join(dir, pin.file));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

function failure(spec: string, output: string): HermesError {
  return new HermesError(
    "unavailable",
    `Cannot fetch npm package "${spec}": ${output.trim() || "npm gave no reason"}`,
    { remedy: `Check that the registry serves it: npm view ${spec}` },
  );
}
