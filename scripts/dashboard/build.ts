// Owns: the built dashboard on disk, `dist/dashboard/<stamp>/`, and giving it to the server.

import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import type { Asset, Assets } from "../../src/http/assets.ts";
import { projectRoot } from "../project.ts";
import { bundleDashboard, type Site } from "./bundle.ts";
import { sourceStamp } from "./sources.ts";

const home = join(projectRoot, "dist", "dashboard");

/** Builds of other states of the sources are kept this long: another process may be reading one. */
const keptMs = 3_600_000;

/** The look at the sources that is under way, and the dashboard that was given out last. */
let looking: Promise<string> | undefined;
let last: { stamp: string; assets: Promise<Assets> } | undefined;

/**
 * The dashboard as built from the sources as they are; from memory or disk when they did not change.
 * `say` hears one line before a build, which takes a second or two.
 */
export async function loadDashboard(say: (line: string) => void): Promise<Assets> {
  // A page asks for some forty files at once: one look answers them all.
  const stamp = await (looking ??= sourceStamp().finally(() => looking = undefined));
  if (last?.stamp === stamp) return await last.assets;
  const loaded = { stamp, assets: readOrBuild(join(home, stamp), say) };
  last = loaded;
  try {
    return await loaded.assets;
  } catch (error) {
    if (last === loaded) last = undefined;
    throw error;
  }
}

async function readOrBuild(folder: string, say: (line: string) => void): Promise<Assets> {
  const kept = await readSite(folder);
  if (kept) return await toAssets(kept);
  say("building the dashboard");
  const site = await bundleDashboard();
  // A source tree that cannot be written to still gets its dashboard, only not a kept one.
  await keep(site, folder).catch(() => undefined);
  return await toAssets(site);
}

/** The files with their types, validators and compressed forms. */
export async function toAssets(site: Site): Promise<Assets> {
  const files: Record<string, Asset> = {};
  for (const [path, body] of site) {
    const etag = `"${createHash("sha256").update(body).digest("hex").slice(0, 16)}"`;
    const small = body.length < 1024 || path.endsWith(".png") ? undefined : await gzip(body);
    files[path] = { body, type: typeOf(path), etag, ...(small ? { gzip: small } : {}) };
  }
  return { files, index: "/index.html" };
}

async function readSite(folder: string): Promise<Site | null> {
  try {
    const paths: string[] = JSON.parse(await Deno.readTextFile(join(folder, "files.json")));
    const bodies = await Promise.all(paths.map((path) => Deno.readFile(join(folder, path))));
    return new Map(paths.map((path, index) => [path, bodies[index]!]));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Writes beside and renames, so that nobody reads half a build. */
async function keep(site: Site, folder: string): Promise<void> {
  await Deno.mkdir(home, { recursive: true });
  const fresh = await Deno.makeTempDir({ dir: home, prefix: ".new-" });
  for (const [path, body] of site) {
    const file = join(fresh, path);
    await Deno.mkdir(dirname(file), { recursive: true });
    await Deno.writeFile(file, body);
  }
  await Deno.writeTextFile(join(fresh, "files.json"), JSON.stringify([...site.keys()]));
  try {
    await Deno.rename(fresh, folder);
  } catch {
    // Another process was quicker; its build is the same.
    await Deno.remove(fresh, { recursive: true });
  }
  for await (const entry of Deno.readDir(home)) {
    const path = join(home, entry.name);
    if (path === folder) continue;
    const { mtime } = await Deno.stat(path);
    if (Date.now() - (mtime?.getTime() ?? 0) > keptMs) await Deno.remove(path, { recursive: true });
  }
}

async function gzip(body: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function typeOf(path: string): string {
  const ending = path.slice(path.lastIndexOf(".") + 1);
  return types[ending] ?? "application/octet-stream";
}

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json; charset=utf-8",
  webmanifest: "application/manifest+json; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
};
