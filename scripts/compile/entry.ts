// Owns: the start of the one-file program: main with the built dashboard inside.

import { join } from "node:path";
import type { Assets } from "../../src/http/assets.ts";
import { projectRoot } from "../project.ts";

/**
 * Runs `body` with an entry file whose program carries `assets`. The entry lies below the project,
 * for its imports to be found; the assets are a lazy module of their own, which only a program that
 * serves the dashboard ever parses.
 */
export async function withEntry<T>(
  assets: Assets,
  body: (entry: string) => Promise<T>,
): Promise<T> {
  const dist = join(projectRoot, "dist");
  await Deno.mkdir(dist, { recursive: true });
  const folder = await Deno.makeTempDir({ dir: dist, prefix: ".entry-" });
  try {
    const entry = join(folder, "main.ts");
    await Deno.writeTextFile(join(folder, "dashboard.ts"), assetsModule(assets));
    await Deno.writeTextFile(entry, entryModule);
    return await body(entry);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const entryModule = `import { main } from "../../src/app/main.ts";

await main(Deno.args, {
  loadAssets: async () => (await import("./dashboard.ts")).assets(),
});
`;

/** A module with the files as base64; what compresses is carried compressed, and unpacked for whom cannot. */
function assetsModule({ files, index }: Assets): string {
  const packed = Object.entries(files).map(([path, { body, type, etag, gzip }]) => ({
    path,
    type,
    etag,
    zipped: gzip !== undefined,
    data: (gzip ?? body).toBase64(),
  }));
  return `import { Buffer } from "node:buffer";
import { gunzipSync } from "node:zlib";

const packed = ${JSON.stringify(packed)};

let made;

export function assets() {
  return made ??= { files: Object.fromEntries(packed.map(fileOf)), index: ${
    JSON.stringify(index)
  } };
}

function fileOf({ path, type, etag, zipped, data }) {
  const bytes = new Uint8Array(Buffer.from(data, "base64"));
  if (!zipped) return [path, { body: bytes, type, etag }];
  return [path, { get body() { return new Uint8Array(gunzipSync(bytes)); }, type, etag, gzip: bytes }];
}
`;
}
