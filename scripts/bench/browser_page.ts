// Owns: the dashboard in a real browser, to be measured: a server, a browser, a page that shows the board.

import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { serveDashboard } from "../../src/app/dashboard_server.ts";
import { silentLog } from "../../src/base/log.ts";
import type { Board } from "../../src/kernel/board.ts";
import { launchBrowser } from "../../tests/dashboard/chromium.ts";
import { loadDashboard } from "../dashboard/build.ts";
import { withBoard } from "./world.ts";

export const token = "0123456789abcdef0123456789abcdef";

/** Megabytes the page's script keeps after a collection. */
export async function heapOf(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize / 1e6;
}

/** A server in this process on a fresh board, and a browser. */
export interface Opened {
  board: Board;
  browser: Browser;
  url: string;
}

export function withDashboard<T>(body: (opened: Opened) => Promise<T>): Promise<T> {
  return withBoard(async (board, home) => {
    const env = { HERMES_HOME: home, HERMES_DASHBOARD_TOKEN: token };
    const loadAssets = () => loadDashboard(() => {});
    const served = await serveDashboard({ env, port: 0, log: silentLog, loadAssets });
    const browser = await launchBrowser();
    try {
      return await body({ board, browser, url: served.url });
    } finally {
      await browser.close();
      await served.stop();
    }
  });
}

/** A browser that is signed in and keeps the application's files. */
export async function signedIn(browser: Browser, url: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${url}/?token=${token}`);
  await page.locator(".card").first().waitFor();
  await page.close();
  return context;
}

/** The board with all its cards known, live. */
export async function openBoard(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}/`);
  await page.locator('.live-dot[data-state="open"]').waitFor();
  await page.locator(".card").first().waitFor();
  await page.waitForLoadState("networkidle");
  return page;
}
