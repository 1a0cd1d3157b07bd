// Owns: the story of several tabs of one person: the same board in both, another board in one.

import assert from "node:assert/strict";
import { dashboardSuite } from "./browser.ts";
import { atTheBoard, card, closeDrawer, openCard, typeTask } from "./story.ts";

dashboardSuite("the story of two tabs", async (suite) => {
  await suite.test("S-248 what is done in one tab is seen in the other, also in an open drawer", async (page) => {
    await atTheBoard(page);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByText("Changes arrive as they happen").waitFor({ state: "attached" });
    await typeTask(page, "Ready", "Seen in both");
    await card(other, "Ready", "Seen in both").waitFor();

    const watched = await openCard(other, "Seen in both");
    const drawer = await openCard(page, "Seen in both");
    await drawer.getByRole("textbox", { name: "Comment" }).fill("Hello from the first tab");
    await page.keyboard.press("Enter");
    await watched.getByRole("list", { name: "Comments" }).getByText("Hello from the first tab")
      .waitFor();
    await drawer.getByRole("group", { name: "Change the status" })
      .getByRole("button", { name: "→ To do" }).click();
    await watched.getByRole("button", { name: "→ Ready" }).waitFor();
    await closeDrawer(other);
    await card(other, "To do", "Seen in both").waitFor();
  });

  await suite.test("U-006 changing the board in one tab leaves the other where it is", async (page) => {
    await suite.api("POST", "/boards", { slug: "garden", name: "Garden" });
    await suite.api("POST", "/tasks?board=garden", { title: "Prune the roses" });
    await suite.api("POST", "/tasks", { title: "Stays in sight" });
    await atTheBoard(page);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await card(other, "Ready", "Stays in sight").waitFor();

    await page.getByRole("button", { name: "Board: Default" }).click();
    await page.getByRole("menuitem", { name: /Garden/ }).click();
    await card(page, "Ready", "Prune the roses").waitFor();

    await typeTask(other, "Ready", "Made on the default board");
    await other.getByRole("button", { name: "Board: Default" }).waitFor();
    assert.equal(await card(other, "Ready", "Prune the roses").count(), 0);
    const { tasks } = await suite.api("GET", "/tasks?search=Made%20on");
    assert.equal(tasks.length, 1);
    assert.equal(await card(page, "Ready", "Made on the default board").count(), 0);
  });
});
