// Owns: the browser of the tests: an installed one when there is one, else the one of an npm package.

import { type Browser, chromium } from "playwright-core";

const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const args = [
  "--no-sandbox",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--font-render-hinting=none",
  // Drawing without a graphics card: imitating one costs three times the processor time.
  "--disable-gpu",
  "--in-process-gpu",
];

/** Starts a browser without a window. `CHROMIUM` names another program than the one found. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findBrowser();
  const launch = () => chromium.launch({ executablePath, args, headless: true });
  // A browser now and then crashes while it starts; the second start is a new process.
  return await launch().catch(launch);
}

async function findBrowser(): Promise<string> {
  const named = Deno.env.get("CHROMIUM");
  if (named) return named;
  for (const path of installed) {
    try {
      if ((await Deno.stat(path)).isFile) return path;
    } catch {
      // Not here.
    }
  }
  const { default: packed } = await import("@sparticuz/chromium");
  return await packed.executablePath();
}
