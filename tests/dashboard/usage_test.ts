// Owns: proof of the usage page in a real browser, after real work.

import assert from "node:assert/strict";
import { dashboardSuite, everyTheme, expectAccessible, visit } from "./browser.ts";

const price = `prices:
  rehearsal:
    input_per_million: 300
    output_per_million: 1500
`;

dashboardSuite("the usage page", async (suite) => {
  const { office } = suite;

  await suite.test("says what will be there while nothing was used", async (page) => {
    await visit(page, "/usage");
    await page.getByText("Nothing was used in this time").waitFor();
    await expectAccessible(page);
  });

  const priced = await office.create("Print the numbers", "--assignee", "ops");
  await office.becomes(priced, "done", 40);
  const idea = await office.create("Write a unit converter", "--triage");
  await office.becomes(idea, "done", 60);

  await suite.test("adds up by profile, model, idea and task", async (page) => {
    await visit(page, "/usage");
    await page.getByRole("cell", { name: "ops" }).or(page.getByRole("rowheader", { name: "ops" }))
      .first().waitFor();
    await page.getByRole("tab", { name: "Model" }).click();
    await page.getByRole("rowheader", { name: "rehearsal" }).waitFor();
    await page.getByRole("tab", { name: "Idea" }).click();
    const root = page.getByRole("link", { name: "Write a unit converter" });
    await root.waitFor();
    assert.match(page.url(), /by=graph/);
    const figures = await page.locator(".usage-totals").innerText();
    assert.match(figures, /\$\d/);
    assert.doesNotMatch(figures, /\$0(?!\.)/);
    await root.click();
    await page.getByRole("dialog").waitFor();
    assert.match(page.url(), new RegExp(`/task/${idea}`));
  });

  for (const theme of everyTheme) {
    await suite.test(`has nothing in the way of anybody, ${theme}`, async (page) => {
      await visit(page, "/usage?by=task");
      await page.getByRole("rowheader").first().waitFor();
      await expectAccessible(page);
    }, { theme });
  }

  await suite.test("fits a phone", async (page) => {
    await visit(page, "/usage");
    await page.getByRole("rowheader").first().waitFor();
    const wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
    assert.equal(wide, false);
  }, { width: 360, height: 740, touch: true });
}, { serve: "gateway", config: price });
