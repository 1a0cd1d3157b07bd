// Owns: from the dashboard's sources to the files a browser loads: scripts, one style sheet, the page.

import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { HermesError } from "../../src/base/errors.ts";
import { runProgram } from "../command.ts";
import { projectRoot } from "../project.ts";
import { dashboardFiles } from "./sources.ts";

/** Path in the browser (`/assets/main-1a2b3c4d.js`) → content. The page itself is `/index.html`. */
export type Site = Map<string, Uint8Array<ArrayBuffer>>;

/** Style sheets of packages; they get the weakest cascade layer. */
const vendorStyles = ["node_modules/@xyflow/react/dist/style.css"];

/** The cascade: a later layer wins over an earlier one, whatever its selectors. */
const layers = ["vendor", "design", "parts", "pages"] as const;

const encoder = new TextEncoder();

/** Bundles everything. Names carry a hash of the content, so that a browser may keep them forever. */
export async function bundleDashboard(): Promise<Site> {
  const folder = await Deno.makeTempDir({ prefix: "hermes-dashboard-" });
  try {
    await runBundle(["--code-splitting", "--outdir", join(folder, "app"), "dashboard/main.tsx"]);
    await runBundle(["--output", join(folder, "boot.js"), "dashboard/boot/appearance.ts"]);
    const site: Site = new Map();
    const scripts = await readScripts(join(folder, "app"));
    for (const [name, body] of scripts) if (name !== "main.js") site.set(`/assets/${name}`, body);
    const main = scripts.get("main.js")!;
    const boot = await Deno.readFile(join(folder, "boot.js"));
    const style = encoder.encode(await gatherStyles());
    const names = {
      main: add(site, "main", "js", main),
      boot: add(site, "boot", "js", boot),
      style: add(site, "style", "css", style),
    };
    for (const path of await dashboardFiles()) {
      if (!path.startsWith("dashboard/static/")) continue;
      site.set(`/${basename(path)}`, await Deno.readFile(join(projectRoot, path)));
    }
    site.set("/index.html", encoder.encode(await fillPage(names, firstChunks(scripts))));
    return site;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function runBundle(args: string[]): Promise<void> {
  const result = await runProgram(
    [Deno.execPath(), "bundle", "--quiet", "--minify", "--platform", "browser", ...args],
    { cwd: projectRoot, env: { NO_COLOR: "1" } },
  );
  if (result.code === 0) return;
  throw new HermesError("internal", `Cannot bundle "dashboard": ${result.stderr.trim()}`);
}

async function readScripts(folder: string): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const scripts = new Map<string, Uint8Array<ArrayBuffer>>();
  for await (const entry of Deno.readDir(folder)) {
    scripts.set(entry.name, await Deno.readFile(join(folder, entry.name)));
  }
  return scripts;
}

function add(site: Site, name: string, ending: string, body: Uint8Array<ArrayBuffer>): string {
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 8);
  const path = `/assets/${name}-${hash}.${ending}`;
  site.set(path, body);
  return path;
}

/** Chunks the start script and the board, the page most people open, need at once: asked for early. */
function firstChunks(scripts: ReadonlyMap<string, Uint8Array>): string[] {
  const board = [...scripts.keys()].find((name) => name.startsWith("board_page-"));
  const found = new Set<string>();
  const visit = (name: string) => {
    for (const chunk of staticImports(scripts.get(name)!)) {
      if (found.has(chunk)) continue;
      found.add(chunk);
      visit(chunk);
    }
  };
  visit("main.js");
  if (board !== undefined) {
    found.add(board);
    visit(board);
  }
  return [...found].map((name) => `/assets/${name}`);
}

/** Names of the chunks that a script cannot start without. */
function staticImports(script: Uint8Array): string[] {
  const text = new TextDecoder().decode(script);
  const found = text.matchAll(
    /(?:^|[;}\s])import\s*(?:[^"'();]*from)?\s*["']\.\/([\w-]+\.js)["']/g,
  );
  return [...new Set([...found].map((match) => match[1]!))];
}

/** One style sheet: design first, then parts, then pages; each file in its layer. */
async function gatherStyles(): Promise<string> {
  const sheets = new Map<string, string[]>(layers.map((layer) => [layer, []]));
  for (const path of vendorStyles) sheets.get("vendor")!.push(await readStyle(path));
  for (const path of await dashboardFiles()) {
    if (!path.endsWith(".css") || path.startsWith("dashboard/static/")) continue;
    const home = path.split("/")[1]!;
    const layer = home === "design" || home === "parts" ? home : "pages";
    sheets.get(layer)!.push(await readStyle(path));
  }
  const blocks = [...sheets].map(([layer, texts]) => `@layer ${layer}{${texts.join("\n")}}`);
  return `@layer ${layers.join(",")};\n${blocks.join("\n")}\n`;
}

/** Without comments and indentation; the rest is left to compression. */
async function readStyle(path: string): Promise<string> {
  const text = await Deno.readTextFile(join(projectRoot, path));
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s+/gm, "").trim();
}

async function fillPage(
  names: { main: string; boot: string; style: string },
  preloads: string[],
): Promise<string> {
  const page = await Deno.readTextFile(join(projectRoot, "dashboard/index.html"));
  const links = preloads.map((path) => `<link rel="modulepreload" href="${path}">`).join("\n    ");
  return page.replace("{{boot}}", names.boot).replace("{{style}}", names.style)
    .replace("{{main}}", names.main).replace("<!-- {{preload}} -->", links);
}
