// Owns: driving the dashboard in a real browser: a server of its own, pages that are logged in, and
// what fails a test besides its own expectations.

import { strict as assert } from "node:assert";
import axe from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { loadDashboard } from "../../scripts/dashboard/build.ts";
import { inOffice, type Office, type OfficeOptions } from "../e2e/office.ts";
import { until } from "../harness/program.ts";
import { launchBrowser } from "./chromium.ts";

export type Theme = "dark" | "light" | "contrast";
export const everyTheme: readonly Theme[] = ["dark", "light", "contrast"];

export interface PageOptions {
  theme?: Theme;
  /** In px; 1440 × 900 unless given. */
  width?: number;
  height?: number;
  /** A phone: touch events, coarse pointer. */
  touch?: boolean;
  /** Slug of the board; `default` unless given. */
  board?: string;
  /** Problems of these kinds are expected: a part of their text. */
  expectProblems?: readonly (string | RegExp)[];
}

/** One server and one browser for the tests of a file. */
export interface Suite {
  office: Office;
  /** Base address of the server, without a slash at the end. */
  url: string;
  /** What requests have to show. */
  token: string;
  browser: Browser;
  /** Runs one test as a step, with a page of its own. */
  test(
    name: string,
    body: (page: Page, open: (options?: PageOptions) => Promise<Page>) => Promise<void>,
    options?: PageOptions,
  ): Promise<void>;
  /** A request to the API as the page would make it; fails unless it succeeds. */
  // deno-lint-ignore no-explicit-any -- tests look at whatever shape they expect
  api(method: string, path: string, body?: unknown): Promise<any>;
  /** Ends the server and starts it again at the same port. */
  restart(): Promise<void>;
  /** Ends the server. */
  stop(): Promise<void>;
}

export interface SuiteOptions extends OfficeOptions {
  /** `gateway` also dispatches; `dashboard` only serves. */
  serve?: "dashboard" | "gateway";
}

const token = "test-token-0123456789abcdef0123456789abcdef";

/**
 * Registers a test with `body`'s steps. One server, one browser; every step has a page in a context
 * of its own, and fails on a console error, a policy violation, an uncaught exception and a request to
 * anywhere else.
 */
export function dashboardSuite(
  name: string,
  body: (suite: Suite) => Promise<void>,
  options: SuiteOptions = {},
): void {
  Deno.test(name, (t) =>
    inOffice(async (office) => {
      const serve = () => startServer(office, options.serve ?? "dashboard", port);
      let port = 0;
      let server = await serve();
      port = Number(new URL(server.url).port);
      const browser = await launchBrowser();
      const suite: Suite = {
        office,
        url: server.url,
        token,
        browser,
        api: (method, path, given) => callApi(server.url, method, path, given),
        stop: () => server.stop(),
        async restart() {
          await server.stop();
          server = await serve();
        },
        async test(title, run, pageOptions = {}) {
          const passed = await t.step({
            name: title,
            // What the browser's driver holds open belongs to the browser, which outlives a step.
            sanitizeOps: false,
            sanitizeResources: false,
            fn: () => runStep(browser, server.url, run, pageOptions),
          });
          if (!passed) return;
        },
      };
      try {
        await body(suite);
      } finally {
        await browser.close();
        await server.stop();
      }
    }, options));
}

async function startServer(office: Office, kind: "dashboard" | "gateway", port: number) {
  // The program under test has a home without caches: what its build would fetch is fetched here.
  if (Deno.env.get("HERMES_BIN") === undefined) await loadDashboard(() => {});
  const env = { HERMES_DASHBOARD_TOKEN: token, HERMES_DASHBOARD_PORT: String(port) };
  const words = kind === "gateway"
    ? ["gateway", "start"]
    : ["dashboard", "--no-open", "--port", String(port)];
  const process = office.start(words, { env });
  const found = await until("the dashboard says where it is", () => {
    return /http:\/\/127\.0\.0\.1:\d+/.exec(process.output() + process.errors());
  }, 40).catch((error) => {
    throw new Error(`${error.message}\n${process.output()}\n${process.errors()}`);
  });
  let stopped: Promise<unknown> | undefined;
  const stop = () => {
    if (!stopped) process.signal("SIGTERM");
    return stopped ??= process.ended;
  };
  return { url: found[0], stop: async () => void await stop() };
}

async function callApi(base: string, method: string, path: string, body: unknown) {
  const response = await fetch(`${base}/api/plugins/kanban${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return text === "" ? null : JSON.parse(text);
}

async function runStep(
  browser: Browser,
  base: string,
  run: (page: Page, open: (options?: PageOptions) => Promise<Page>) => Promise<void>,
  options: PageOptions,
): Promise<void> {
  const contexts: BrowserContext[] = [];
  const problems: string[] = [];
  const open = async (given: PageOptions = options) => {
    const context = await newContext(browser, base, given);
    contexts.push(context);
    const page = await context.newPage();
    watch(page, base, problems);
    // Signs in without starting the application: tests go on to where they want to be.
    await page.goto(`${base}/icon.svg?token=${token}`);
    return page;
  };
  try {
    await run(await open(), open);
    const expected = options.expectProblems ?? [];
    const bad = problems.filter((problem) => !expected.some((part) => matches(problem, part)));
    assert.deepEqual(bad, [], "the page had problems");
  } catch (error) {
    await picture(contexts);
    throw error;
  } finally {
    for (const context of contexts) await context.close();
  }
}

async function newContext(browser: Browser, base: string, options: PageOptions) {
  const { theme = "dark", width = 1440, height = 900, touch = false, board = "default" } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    hasTouch: touch,
    isMobile: touch,
    colorScheme: theme === "light" ? "light" : "dark",
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
  });
  context.setDefaultTimeout(20_000);
  await context.addInitScript(({ origin, theme, board }) => {
    if (location.origin !== origin || localStorage.getItem("hermes.theme") !== null) return;
    localStorage.setItem("hermes.theme", theme);
    localStorage.setItem("hermes.kanban.selectedBoard", board);
  }, { origin: base, theme, board });
  return context;
}

/** Gathers what must not happen on any page. */
function watch(page: Page, base: string, problems: string[]): void {
  page.on("console", (message) => {
    if (message.type() === "error") {
      problems.push(`console: ${message.text()} (${message.location().url})`);
    } else if (/content security policy/i.test(message.text())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (url.startsWith(base) || /^(data|blob|about):/.test(url)) return;
    problems.push(`request to ${url}`);
  });
  page.on("dialog", async (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
}

function matches(problem: string, part: string | RegExp): boolean {
  return typeof part === "string" ? problem.includes(part) : part.test(problem);
}

/** With `HERMES_TEST_PICTURES` a failed step leaves a picture of each of its pages there. */
async function picture(contexts: readonly BrowserContext[]): Promise<void> {
  const folder = Deno.env.get("HERMES_TEST_PICTURES");
  if (!folder) return;
  await Deno.mkdir(folder, { recursive: true });
  for (const page of contexts.flatMap((context) => context.pages())) {
    await page.screenshot({ path: `${folder}/failed-${crypto.randomUUID().slice(0, 8)}.png` });
  }
}

/** Fails with every violation axe finds on the page, or in the part `within` selects. */
export async function expectAccessible(page: Page, within?: string): Promise<void> {
  if (!await page.evaluate(() => "axe" in globalThis)) await page.evaluate(axe.source);
  // As text: what runs in the page knows `document`, what is checked here does not.
  const run = `axe.run(${within === undefined ? "document" : JSON.stringify(within)})`;
  const { violations } = await page.evaluate(run) as axe.AxeResults;
  const found = violations.map(({ id, help, nodes }) =>
    `${id}: ${help}\n` + nodes.map((node) => `  ${node.html}\n  ${node.failureSummary}`).join("\n")
  );
  assert.deepEqual(found, [], `accessibility:\n${found.join("\n")}`);
}

/** Goes to an address of the dashboard on a page that is logged in, and waits until it is drawn. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
  await page.waitForSelector("main.page");
}
