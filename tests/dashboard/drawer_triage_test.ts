// Owns: proof of what the drawer of a rough idea offers.

import assert from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { dashboardSuite, visit } from "./browser.ts";

dashboardSuite("the drawer of an idea", async (suite) => {
  const { office, api } = suite;
  const path = (id: string) => `/tasks/${id}`;

  await suite.test("S-244 Specify makes one clear task of it, Decompose several, and says so", async (page) => {
    const one = await office.create("Sort the shelf", "--triage");
    const drawer = await shownIn(page, one);
    await drawer.getByRole("button", { name: "Specify" }).click();
    await drawer.locator(".drawer-status").getByText("Ready").waitFor();
    await page.getByText(/It is one clear task now/).waitFor();
    const many = await office.create("Write a unit converter", "--triage");
    await shownIn(page, many);
    await drawer.getByRole("button", { name: "Decompose" }).click();
    await page.getByText(/Split into \d tasks/).waitFor();
    await drawer.locator(".drawer-status").getByText("To do").waitFor();
    const { parents } = await api("GET", path(many));
    const waits = drawer.getByRole("list", { name: "Waits for" });
    await waits.getByRole("link", { name: parents[0].title }).waitFor();
  });

  await suite.test("in Manual, Decompose leads to the plan; nothing is created before", async (page) => {
    await api("PUT", "/orchestration", { auto_decompose: false });
    const id = await office.create("A rough plan", "--triage");
    const drawer = await shownIn(page, id);
    await drawer.getByText("after you approve the plan").waitFor();
    await drawer.getByRole("button", { name: "Decompose" }).click();
    await page.waitForURL(`**/plan/${id}*`);
    assert.equal((await api("GET", path(id))).task.status, "triage");
  });

  await suite.test("S-144 a failed decompose or specify says why, in the drawer", async (page) => {
    await Deno.writeTextFile(join(office.home, "config.yaml"), "kanban:\n  auto_decompose: true\n");
    const id = await office.create("Nobody can plan this", "--triage");
    const drawer = await shownIn(page, id);
    for (const name of ["Decompose", "Specify"]) {
      await drawer.getByRole("button", { name }).click();
      await drawer.locator(".triage").getByRole("alert").getByText(/model/).waitFor();
    }
    assert.equal((await api("GET", path(id))).task.status, "triage");
  });
});

async function shownIn(page: Page, id: string) {
  await visit(page, `/task/${id}`);
  const drawer = page.getByRole("dialog");
  await drawer.locator(".drawer-grid").waitFor();
  return drawer;
}
