// Owns: what the dashboard does when the server, the session or a part of itself goes away.

import { strict as assert } from "node:assert";
import { until } from "../harness/program.ts";
import { dashboardSuite, expectAccessible, visit } from "./browser.ts";

dashboardSuite("the dashboard and its server", async (suite) => {
  const { api, test } = suite;
  const lost = [/ERR_/, /WebSocket connection/, /status of 401/, /status of 500/];

  await test(
    "the server goes and comes back: a banner says so, and what changed meanwhile is shown",
    async (page) => {
      const { task } = await api("POST", "/tasks", { title: "Before", assignee: "writer" });
      await visit(page, "/");
      await page.locator(`[data-card="${task.id}"]`).waitFor();
      await page.locator('.live-dot[data-state="open"]').waitFor();
      await suite.stop();
      await page.getByText("The hermes server does not answer", { exact: false }).waitFor();
      assert.ok(await page.locator(`[data-card="${task.id}"]`).isVisible(), "the board stays");
      await suite.office.ok(["kanban", "create", "Meanwhile", "--assignee", "writer"]);
      await suite.restart();
      await page.getByText("Connected again").waitFor({ timeout: 20_000 });
      await page.locator(".card", { hasText: "Meanwhile" }).waitFor();
    },
    { expectProblems: lost },
  );

  await test("a session that ended shows how to get in again", async (page) => {
    await visit(page, "/");
    await page.locator(".columns").waitFor();
    // Whatever is still asked for would be refused, and take the button away.
    await page.waitForLoadState("networkidle");
    await page.context().clearCookies();
    await page.getByRole("button", { name: "Refresh" }).click();
    await page.getByRole("heading", { name: "This browser is not signed in" }).waitFor();
    assert.match(await page.locator("main").innerText(), /hermes dashboard/);
    await expectAccessible(page);
  }, { expectProblems: lost });

  await test(
    "S-249 a page that cannot load leaves the frame alone and offers a reload",
    async (page) => {
      // A chunk that is not there any more, as after an update of the server.
      await page.route("**/board_page-*.js", (route) => route.abort());
      await visit(page, "/");
      await page.getByText("This part of the dashboard broke").waitFor();
      await expectAccessible(page);
      await page.unroute("**/board_page-*.js");
      await page.getByRole("button", { name: "Reload" }).click();
      await page.locator(".columns").waitFor();
    },
    { expectProblems: [/ERR_FAILED/, /dynamically imported/, /ErrorBoundary/] },
  );

  await test("an address that leads nowhere says so and leads back", async (page) => {
    await visit(page, "/no/such/page");
    await page.getByText("There is no such page").waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Go to the board" }).click();
    await page.locator(".columns").waitFor();
  });

  await test("S-249 the chosen theme is there before the first paint, and stays", async (page) => {
    await visit(page, "/");
    await page.getByRole("button", { name: "Appearance" }).click();
    await page.getByRole("menuitem", { name: "Light" }).click();
    const theme = () => page.evaluate("document.documentElement.dataset.theme");
    assert.equal(await theme(), "light");
    await page.reload({ waitUntil: "commit" });
    await until("the theme is set", async () => await theme() === "light");
  });

  await test("U-006 the chosen board is remembered and named in every request", async (page) => {
    await api("POST", "/boards", { slug: "side", name: "Side project" });
    const { task } = await api("POST", "/tasks?board=side", { title: "On the side" });
    await visit(page, "/");
    await page.getByRole("button", { name: "Board: Default" }).click();
    await page.getByRole("menuitem", { name: /Side project/ }).click();
    await page.locator(`[data-card="${task.id}"]`).waitFor();
    const boards: (string | null)[] = [];
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.pathname.startsWith("/api/")) boards.push(url.searchParams.get("board"));
    });
    await page.reload();
    await page.locator(`[data-card="${task.id}"]`).waitFor();
    assert.ok(boards.length > 3);
    assert.deepEqual([...new Set(boards)], ["side"]);
    const stored = await page.evaluate("localStorage.getItem('hermes.kanban.selectedBoard')");
    assert.equal(stored, "side");
  });
});
