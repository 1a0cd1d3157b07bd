// Owns: answering with the files of the dashboard.

import type { Asset, Assets, LoadAssets } from "./assets.ts";

/** Names with a hash of the content never change what they stand for. */
const hashed = /-[0-9a-z]{8,}\.[0-9a-z.]+$/i;

/** What is shown by a server that was built without a dashboard. */
const bare = "This hermes was started without a dashboard. Its API: /api/docs\n";

/**
 * The file at the path of a GET request. Every path that names no file is an address within the dashboard.
 *
 * @returns null for a path that looks like a file and is none.
 */
export async function serveAsset(
  request: Request,
  load: LoadAssets | undefined,
): Promise<Response | null> {
  const path = new URL(request.url).pathname;
  if (!load) return path === "/" ? new Response(bare) : null;
  const assets = await load();
  const name = nameOf(path, assets);
  if (name === null) return null;
  return answerWith(assets.files[name]!, request, hashed.test(name));
}

function nameOf(path: string, { files, index }: Assets): string | null {
  if (Object.hasOwn(files, path)) return path;
  return /\.[0-9a-z]+$/i.test(path) ? null : index;
}

function answerWith(asset: Asset, request: Request, forever: boolean): Response {
  const headers = new Headers({
    "content-type": asset.type,
    "etag": asset.etag,
    "cache-control": forever ? "private, max-age=31536000, immutable" : "private, no-cache",
    "vary": "accept-encoding",
  });
  if (request.headers.get("if-none-match") === asset.etag) {
    return new Response(null, { status: 304, headers });
  }
  const zipped = /\bgzip\b/i.test(request.headers.get("accept-encoding") ?? "")
    ? asset.gzip
    : undefined;
  if (zipped) headers.set("content-encoding", "gzip");
  return new Response((zipped ?? asset.body) as Uint8Array<ArrayBuffer>, { headers });
}
