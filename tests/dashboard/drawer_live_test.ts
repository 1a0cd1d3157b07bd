// Owns: proof of the drawer while work goes on: a worker that finishes, its log, its transcript.

import assert from "node:assert/strict";
import { dirname } from "node:path";
import type { Page } from "playwright-core";
import { until } from "../harness/program.ts";
import { dashboardSuite, visit } from "./browser.ts";

const price = `prices:
  rehearsal:
    input_per_million: 300
    output_per_million: 1500
`;

dashboardSuite("the drawer while a worker works", async (suite) => {
  const { office, api } = suite;

  await suite.test("P-081 S-248 a worker finishes while its drawer is open: status, run, result, cost and log follow", async (page) => {
    const id = await office.create("Count the boats rehearse:slow=12", "--assignee", "ops");
    await office.becomes(id, "running", 30);
    const drawer = await shownIn(page, id);
    const run = drawer.getByRole("region", { name: "Run under way" });
    await run.getByText("ops works on it").waitFor();
    const clock = run.locator(".live-duration");
    const before = await clock.innerText();
    await until("the stopwatch runs", async () => await clock.innerText() !== before);
    await run.getByRole("button", { name: "Watch the log" }).click();
    const log = drawer.getByRole("log", { name: "Worker log" });
    await log.getByText(/turn 2/).waitFor();
    await drawer.getByText("live", { exact: true }).waitFor();
    await drawer.getByRole("tab", { name: "Runs" }).click();
    await drawer.getByRole("button", { name: "Transcript" }).click();
    const transcript = drawer.getByRole("log", { name: /^Transcript/ });
    await transcript.getByText("sleep 1").first().waitFor();

    // Nothing is pressed from here on.
    await drawer.locator(".drawer-status").getByText("Done").waitFor({ timeout: 30_000 });
    await drawer.getByRole("region", { name: "Result" }).getByText("Worked slowly for 12 s.")
      .waitFor();
    await run.waitFor({ state: "detached" });
    await drawer.getByRole("list", { name: "Runs" }).getByText("completed", { exact: true })
      .waitFor();
    await transcript.getByText("Ended: finished").waitFor();
    await drawer.getByRole("region", { name: "Facts" }).getByText(/^\$\d.* tokens$/).waitFor();
    const call = transcript.locator("details").last();
    await call.locator("summary").click();
    await call.getByText('"summary": "Worked slowly for 12 s."').waitFor();
  });

  await suite.test("S-246 a run is ended with a reason after asking; more than three are folded", async (page) => {
    const id = await office.create("Goes on and on rehearse:slow=60", "--assignee", "ops");
    const drawer = await shownIn(page, id);
    for (const reason of ["first", "second", "third"]) {
      await drawer.getByRole("region", { name: "Run under way" })
        .getByRole("button", { name: "End this run" }).click({ timeout: 30_000 });
      await page.getByLabel("Reason").fill(`went the ${reason} wrong way`);
      await page.getByRole("button", { name: "End it" }).click();
      await until("it began again", async () => {
        const { runs } = await office.detail(id);
        return runs.some(({ error }) => error?.includes(reason)) &&
          runs.at(-1)!.ended_at === null;
      }, 30);
    }
    await drawer.getByRole("tab", { name: /^Runs/ }).click();
    const runs = drawer.getByRole("list", { name: "Runs" });
    await runs.getByText("went the third wrong way").waitFor();
    await runs.getByText("running").waitFor();
    assert.equal(await runs.getByRole("listitem").count(), 3);
    await drawer.getByRole("button", { name: "+1 earlier" }).click();
    await runs.getByText("went the first wrong way").waitFor();

    // Giving it to somebody else asks first, because somebody works on it.
    await drawer.getByRole("button", { name: /^Assignee/ }).click();
    await page.getByRole("option", { name: /writer/ }).click();
    await page.getByRole("button", { name: "Stop and reassign" }).click();
    await drawer.getByRole("region", { name: "Run under way" }).getByText("writer works on it")
      .waitFor({ timeout: 30_000 });
    await drawer.getByRole("button", { name: "Archive" }).click();
    await page.getByRole("dialog", { name: /Archive/ }).getByRole("button", { name: "Archive" })
      .click();
    await office.becomes(id, "archived");
  });

  await suite.test("what it waits for changes while the drawer is open", async (page) => {
    const parent = await office.create("Comes first", "--assignee", "nobody-here");
    const id = await office.create("Comes second", "--assignee", "nobody-here", "--parent", parent);
    const drawer = await shownIn(page, id);
    const why = drawer.getByRole("region", { name: "Why is this waiting?" });
    await why.getByText(/It waits for "Comes first"/).waitFor();
    await api("POST", `/tasks/${parent}/complete`, { summary: "Stones **laid**" });
    await drawer.locator(".drawer-status").getByText("Ready").waitFor();
    await why.getByText(/no profile "nobody-here"/).waitFor();
    const handed = drawer.getByRole("region", { name: "Handed to it" });
    await handed.getByText("Comes first").click();
    await handed.locator("strong", { hasText: "laid" }).waitFor();
  });
}, { serve: "gateway", config: price });

dashboardSuite("the drawer's log", async (suite) => {
  const { office, api } = suite;

  await suite.test("S-225 S-246 the end of a long log is shown plain, followed, and pauses when one scrolls up", async (page) => {
    const id = await office.create("Writes a lot");
    await api("PATCH", `/tasks/${id}`, { status: "running" });
    const { path } = await api("GET", `/tasks/${id}/log`);
    await Deno.mkdir(dirname(path), { recursive: true });
    const line = (number: number) => `\x1b[32mline ${number}\x1b[0m ${"word ".repeat(12)}\n`;
    await Deno.writeTextFile(path, Array.from({ length: 3000 }, (_, n) => line(n)).join(""));
    const drawer = await shownIn(page, id);
    await drawer.getByRole("tab", { name: "Worker log" }).click();
    const log = drawer.getByRole("log", { name: "Worker log" });
    await log.getByText(/line 2999/).waitFor();
    await drawer.getByText("the end is shown").waitFor();
    await drawer.getByText(path).waitFor();
    const text = await log.innerText();
    assert.ok(!text.includes("[32m") && !text.includes("\u001b"), "no colours of a terminal");
    assert.doesNotMatch(text, /line 5 /);
    const place = () =>
      log.evaluate((box: { scrollTop: number; scrollHeight: number; clientHeight: number }) => ({
        top: box.scrollTop,
        left: box.scrollHeight - box.scrollTop - box.clientHeight,
      }));
    assert.ok((await place()).left < 2, "it begins at the end");

    const write = (text: string) => Deno.writeTextFile(path, text, { append: true });
    await write("fresh words\n");
    await log.getByText(/fresh words/).waitFor();
    await until("it follows", async () => (await place()).left < 2);

    await log.evaluate((box: { scrollTop: number }) => void (box.scrollTop = 500));
    const jump = drawer.getByRole("button", { name: "Jump to latest" });
    await jump.waitFor();
    await write("more words\n<img src=x onerror=alert(1)> \u202etxt.exe\n");
    await log.getByText(/more words/).waitFor();
    assert.equal((await place()).top, 500, "it stays where one reads");
    await jump.click();
    await until("it is at the end again", async () => (await place()).left < 2);
    await jump.waitFor({ state: "detached" });
    assert.equal(await log.locator("img").count(), 0);
    assert.doesNotMatch(await log.innerText(), /\u202e/);

    // A tab that nobody looks at keeps no connection, and misses nothing.
    await turnAway(page, true);
    await write("while away\n");
    await turnAway(page, false);
    await log.getByText("while away").waitFor();
    assert.equal((await log.innerText()).split("more words").length, 2, "nothing comes twice");

    // A log that is begun anew, as after a rotation, does not stay mixed with the old one.
    await Deno.remove(path);
    await write("a new beginning\n");
    await log.getByText("a new beginning").waitFor();
    await until("the old one is gone", async () => !(await log.innerText()).includes("line 2999"));
  });

  await suite.test("a task that never had a worker says so", async (page) => {
    const id = await office.create("Quiet");
    const drawer = await shownIn(page, id);
    await drawer.getByRole("tab", { name: "Worker log" }).click();
    await drawer.getByText("No worker has written anything for this task.").waitFor();
    await drawer.getByRole("tab", { name: "Runs" }).click();
    await drawer.getByText("Nobody has tried it yet.").waitFor();
  });
});

/** Tells the page that its tab is hidden, or seen again. */
function turnAway(page: Page, hidden: boolean): Promise<unknown> {
  return page.evaluate(`Object.defineProperty(document, "hidden", {
      configurable: true, get: () => ${hidden} });
    document.dispatchEvent(new Event("visibilitychange"));`);
}

async function shownIn(page: Page, id: string) {
  await visit(page, `/task/${id}`);
  const drawer = page.getByRole("dialog");
  await drawer.locator(".drawer-grid").waitFor();
  return drawer;
}
