// Owns: proof that the built dashboard holds together and keeps within the page's policy.

import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { loadDashboard, toAssets } from "../../scripts/dashboard/build.ts";
import { bundleDashboard } from "../../scripts/dashboard/bundle.ts";

const site = await bundleDashboard();
const text = (path: string) => new TextDecoder().decode(site.get(path)!);

Deno.test("bundleDashboard() gives a page without inline script or style, whose files all exist", () => {
  const page = text("/index.html");
  assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=|\{\{/);
  const named = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1]!);
  assert.ok(named.length >= 5);
  for (const path of named) assert.ok(site.has(path), path);
});

Deno.test("bundleDashboard() names what browsers keep by its content, and every import leads somewhere", () => {
  for (const path of site.keys()) {
    if (path.startsWith("/assets/")) assert.match(path, /-[\w]{8}\.(js|css)$/);
    if (!path.endsWith(".js")) continue;
    for (const [, file] of text(path).matchAll(/["']\.\/([\w-]+\.js)["']/g)) {
      assert.ok(site.has(`/assets/${file}`), `${path} imports ${file}`);
    }
  }
});

Deno.test("bundleDashboard() bundles the production build, and nothing of the server", () => {
  const scripts = [...site.keys()].filter((path) => path.endsWith(".js")).map(text).join("\n");
  assert.ok(scripts.includes("Minified React error"));
  for (
    const wrong of [/BEGIN IMMEDIATE/, /\bDeno\./, /["']node:/, /\beval\(/, /\bnew Function\(/]
  ) {
    assert.equal(wrong.exec(scripts)?.[0], undefined);
  }
});

Deno.test("loadDashboard() reads and packs the files once while the sources stay, however many ask at once", async () => {
  const silent = () => {};
  const first = await loadDashboard(silent);
  const [second, third] = await Promise.all([loadDashboard(silent), loadDashboard(silent)]);
  assert.ok(second === first && third === first);
});

Deno.test("the first page weighs at most 250 kB compressed", async () => {
  const { files } = await toAssets(site);
  const page = text("/index.html");
  const first = Object.entries(files).filter(([path]) =>
    page.includes(path) || path.includes("board_page")
  );
  const total = first.reduce((sum, [, { body, gzip }]) => sum + (gzip ?? body).length, 0);
  assert.ok(total <= 250_000, `${total} bytes`);
});

Deno.test("toAssets() types every file and compresses what is worth it", async () => {
  const { files, index } = await toAssets(site);
  assert.equal(files[index]!.type, "text/html; charset=utf-8");
  assert.equal(files["/manifest.webmanifest"]!.type, "application/manifest+json; charset=utf-8");
  for (const [path, { body, type, etag, gzip }] of Object.entries(files)) {
    assert.notEqual(type, "application/octet-stream", path);
    assert.match(etag, /^"[0-9a-f]{16}"$/);
    if (gzip) assert.deepEqual(new Uint8Array(gunzipSync(gzip)), body, path);
  }
});
