// Owns: proof that no page stands in anybody's way: axe on every page, theme and width.

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { until } from "../harness/program.ts";
import { dashboardSuite, everyTheme, expectAccessible, visit } from "./browser.ts";

/** The paths of the table of pages, as it stands. */
async function pagePaths(): Promise<string[]> {
  const table = await Deno.readTextFile(new URL("../../dashboard/shell/pages.ts", import.meta.url));
  const paths = [...table.matchAll(/^ {4}path: "([^"]+)"/gm)].map((found) => found[1]!);
  assert.ok(paths.length >= 8, `${paths}`);
  return paths;
}

/** Addresses of a page: without its parameter, and with everything it can be. */
function addressesOf(path: string, ids: { plan: string; graph: string }): string[] {
  const bare = path.replace(/\/:.*$/, "") || "/";
  if (path.startsWith("/plan")) return [`/plan/${ids.plan}`];
  if (path.startsWith("/graph")) return [bare, `/graph/${ids.graph}`];
  if (path.startsWith("/settings")) {
    return ["orchestration", "profiles", "boards", "appearance", "notifications"]
      .map((part) => `/settings/${part}`);
  }
  return [bare];
}

/** Waits until what was loading is there. */
async function settled(page: Page): Promise<void> {
  await until("nothing is loading", async () => {
    return await page.locator(".skeleton, [aria-busy=true]").count() === 0;
  });
}

dashboardSuite("accessibility of every page", async (suite) => {
  const { office, api, test } = suite;
  const idea = await office.create("A small static site about tides", "--triage");
  const asks = await office.create("Paint the pier rehearse:block", "--assignee", "writer");
  await office.becomes(idea, "done", 60);
  await office.becomes(asks, "blocked", 60);
  await api("PUT", "/orchestration", { auto_decompose: false });
  const planned = await office.create("Sort the photographs", "--triage");
  await api("POST", `/tasks/${planned}/plan`, {});
  await office.create("Nobody has it", "--tenant", "acme", "--priority", "2");
  await office.create(
    "潮汐表を全部集めて一つの表にまとめる",
    "--parent",
    asks,
    "--assignee",
    "ops",
  );
  await api("POST", `/tasks/${asks}/comments`, { body: "# Colours\n\n- blue\n- `#00f`" });
  const paths = await pagePaths();
  const addresses = paths.flatMap((path) => addressesOf(path, { plan: planned, graph: idea }));

  for (const theme of everyTheme) {
    // Colours are those of the theme, whatever the width: a phone is looked at in one of them.
    for (const width of theme === "dark" ? [1440, 360] : [1440]) {
      const touch = width === 360;
      const options = { theme, width, height: touch ? 740 : 900, touch };

      await test(`axe finds nothing on any page, ${theme}, ${width} px`, async (page) => {
        for (const address of addresses) {
          await visit(page, address);
          await settled(page);
          await onPage(address, () => expectAccessible(page));
          const over = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
          assert.equal(over, 0, `${address} is ${over} px too wide`);
        }
      }, options);

      await test(`axe finds nothing in the drawer, ${theme}, ${width} px`, async (page) => {
        for (const id of [idea, asks, planned]) {
          await visit(page, `/task/${id}`);
          const drawer = page.getByRole("dialog");
          for (const tab of ["Comments", "Runs", "Worker log", "Events"]) {
            await drawer.getByRole("tab", { name: new RegExp(`^${tab}`) }).click();
            await settled(page);
            await onPage(`${tab} of ${id}`, () => expectAccessible(page));
          }
        }
      }, options);

      await test(`axe finds nothing in palette and keys, ${theme}, ${width} px`, async (page) => {
        await visit(page, "/");
        await page.locator(".card").first().waitFor();
        await page.keyboard.press("Control+k");
        await page.getByRole("dialog").getByRole("combobox").fill("pier");
        await page.getByRole("dialog").getByRole("option").first().waitFor();
        await onPage("palette", () => expectAccessible(page));
        await page.keyboard.press("Escape");
        await page.getByRole("dialog").waitFor({ state: "detached" });
        await page.keyboard.press("?");
        await page.getByRole("dialog").waitFor();
        await onPage("keys", () => expectAccessible(page));
      }, options);
    }
  }
}, {
  serve: "gateway",
  config: "prices:\n  rehearsal:\n    input_per_million: 3\n    output_per_million: 15\n",
});

/** Says where, when something fails there. */
async function onPage(where: string, check: () => Promise<void>): Promise<void> {
  await check().catch((error) => {
    throw new Error(`${where}: ${error.message}`, { cause: error });
  });
}
