// Owns: `deno task screenshots`: pictures of the dashboard in both themes, for the documentation.

import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { serveDashboard } from "../../src/app/dashboard_server.ts";
import { silentLog } from "../../src/base/log.ts";
import { launchBrowser } from "../../tests/dashboard/chromium.ts";
import { loadDashboard } from "../dashboard/build.ts";
import { projectRoot, runScript } from "../project.ts";
import { furnish, type Furnished } from "./furnish.ts";

const token = "0123456789abcdef0123456789abcdef";
const themes = ["dark", "light"] as const;

interface Picture {
  name: string;
  path: string;
  /** A phone instead of a wide window. */
  phone?: true;
  /** In px; what all columns of the board need. */
  width?: number;
  /** What is done before the picture is taken. */
  act?(page: Page): Promise<void>;
}

function pictures(ids: Furnished): Picture[] {
  return [
    { name: "board", path: "/", width: 1440 },
    { name: "drawer", path: `/task/${ids.page}` },
    { name: "result", path: `/task/${ids.levels}` },
    { name: "graph", path: `/graph/${ids.guide}` },
    { name: "plan", path: `/plan/${ids.idea}` },
    { name: "timeline", path: "/timeline?span=6h" },
    { name: "activity", path: "/activity" },
    { name: "usage", path: "/usage" },
    { name: "settings", path: "/settings/orchestration" },
    { name: "profiles", path: "/settings/profiles" },
    {
      name: "palette",
      path: "/",
      async act(page) {
        await page.keyboard.press("Control+k");
        await page.getByRole("dialog").getByRole("combobox").fill("harb");
        await page.getByRole("option", { name: /Build the page of one harbour/ }).first().waitFor();
      },
    },
    { name: "mobile-board", path: "/", phone: true },
    { name: "mobile-drawer", path: `/task/${ids.page}`, phone: true },
  ];
}

async function main(): Promise<number> {
  const [folder = join(projectRoot, "docs", "pictures"), ...only] = Deno.args;
  await Deno.mkdir(folder, { recursive: true });
  const browser = await launchBrowser();
  try {
    await served(async (url, home) => {
      const ids = await furnish(home);
      for (const picture of pictures(ids)) await take(browser, url, picture, folder, only);
    });
    await served(async (url) => {
      const welcome = { name: "welcome", path: "/welcome" };
      await take(browser, url, welcome, folder, only);
    });
  } finally {
    await browser.close();
  }
  return 0;
}

async function take(
  browser: Browser,
  url: string,
  { name, path, phone, act, width = 1280 }: Picture,
  folder: string,
  only: readonly string[],
): Promise<void> {
  if (only.length > 0 && !only.includes(name)) return;
  for (const theme of themes) {
    const context = await browser.newContext({
      viewport: phone ? { width: 390, height: 780 } : { width, height: width > 1280 ? 590 : 800 },
      hasTouch: phone === true,
      isMobile: phone === true,
      colorScheme: theme,
      reducedMotion: "reduce",
      locale: "en-GB",
    });
    const page = await context.newPage();
    await page.goto(`${url}/?token=${token}`);
    await page.goto(`${url}${path}`);
    await page.locator("main.page").waitFor();
    await page.waitForLoadState("networkidle");
    await page.locator(".skeleton").first().waitFor({ state: "detached" });
    await act?.(page);
    const file = `${name}-${theme}.png`;
    const bytes = await page.screenshot({ path: join(folder, file) });
    console.log(`${file}  ${Math.round(bytes.length / 1000)} kB`);
    await context.close();
  }
}

/** A dashboard on an empty home that is gone afterwards. */
async function served(body: (url: string, home: string) => Promise<void>): Promise<void> {
  const home = await Deno.makeTempDir({ prefix: "hermes-office-" });
  const env = { HERMES_HOME: home, HERMES_DASHBOARD_TOKEN: token };
  const loadAssets = () => loadDashboard((line) => console.error(line));
  const dashboard = await serveDashboard({ env, port: 0, log: silentLog, loadAssets });
  try {
    await body(dashboard.url, home);
  } finally {
    await dashboard.stop();
    await Deno.remove(home, { recursive: true });
  }
}

if (import.meta.main) await runScript("screenshots", main);
