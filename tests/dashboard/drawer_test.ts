// Owns: proof of the drawer in a real browser: reading and changing one task.

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { until } from "../harness/program.ts";
import { dashboardSuite, visit } from "./browser.ts";

dashboardSuite("the drawer", async (suite) => {
  const { office, api } = suite;
  const path = (id: string) => `/tasks/${id}`;
  const shownIn = async (page: Page, id: string) => {
    await visit(page, `/task/${id}`);
    const drawer = page.getByRole("dialog");
    await drawer.locator(".drawer-grid").waitFor();
    return drawer;
  };
  const becomes = (id: string, what: string, is: (detail: Detail) => boolean) =>
    until(`${id}: ${what}`, async () => is(await api("GET", path(id)) as Detail));

  await api("POST", "/boards", { slug: "row" });

  await suite.test("S-244 opens by its address, closes with Escape and a click outside, and gives focus back", async (page) => {
    const id = await office.create("Draw a map");
    await visit(page, "/");
    const card = page.locator("a.card-title", { hasText: "Draw a map" });
    await card.focus();
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("dialog", { name: "Draw a map" });
    await drawer.waitFor();
    assert.match(page.url(), new RegExp(`/task/${id}`));
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    assert.equal(new URL(page.url()).pathname, "/");
    const focused = await page.evaluate(
      "document.activeElement.closest('a.card-title')?.textContent",
    );
    assert.match(String(focused), /Draw a map/);

    await visit(page, `/task/${id}`);
    await drawer.waitFor();
    await page.mouse.click(20, 500);
    await drawer.waitFor({ state: "detached" });

    await visit(page, `/task/${id}`);
    await drawer.waitFor();
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press("Tab");
      const inside = await page.evaluate("!!document.activeElement.closest('[role=dialog]')");
      assert.equal(inside, true, "focus left the drawer");
    }
  });

  await suite.test(
    "S-244 title, priority, assignee and description are edited in place; Escape leaves them",
    async (page) => {
      const id = await office.create("Old name", "--body", "Old words.");
      const drawer = await shownIn(page, id);
      await drawer.getByRole("button", { name: "Old name" }).click();
      const title = drawer.getByRole("textbox", { name: "Title" });
      await title.fill("Never kept");
      await title.press("Escape");
      await drawer.getByRole("button", { name: "Old name" }).click();
      await title.fill("New name");
      await title.press("Enter");
      await drawer.getByRole("button", { name: "New name" }).waitFor();

      await drawer.getByRole("button", { name: "New name" }).click();
      await title.fill(" ");
      await title.press("Enter");
      await drawer.getByRole("alert").getByText("title is required").waitFor();
      await title.press("Escape");
      await drawer.getByRole("button", { name: "New name" }).waitFor();

      await drawer.getByRole("button", { name: "Edit priority" }).click();
      await drawer.getByRole("spinbutton").fill("7");
      await page.keyboard.press("Enter");
      await becomes(id, "priority 7", ({ task }) => task.priority === 7);

      await drawer.getByRole("button", { name: /^Assignee/ }).click();
      await page.getByPlaceholder("Assignee…").fill("facts");
      await page.getByRole("option", { name: /researcher/ }).click();
      await becomes(id, "assigned", ({ task }) => task.assignee === "researcher");

      const section = drawer.getByRole("region", { name: "Description" });
      await section.getByRole("button", { name: "Edit" }).click();
      const body = section.getByRole("textbox");
      await body.fill("# Goal\n\nFind **facts**.");
      await page.keyboard.press("Escape");
      await section.getByRole("tab", { name: "Preview" }).click();
      await section.getByRole("heading", { name: "Goal" }).waitFor();
      // Closing loses nothing that was not saved.
      await page.mouse.click(20, 500);
      await drawer.waitFor({ state: "detached" });
      await page.locator("a.card-title", { hasText: "New name" }).click();
      await section.getByRole("button", { name: "Save" }).click();
      await section.getByRole("heading", { name: "Goal" }).waitFor();
      const { task } = await api("GET", path(id));
      assert.deepEqual([task.title, task.body], ["New name", "# Goal\n\nFind **facts**."]);
    },
    { expectProblems: ["400"] },
  );

  await suite.test("schedule, model and budget are set and taken back", async (page) => {
    const id = await office.create("Later", "--assignee", "writer");
    const drawer = await shownIn(page, id);
    const edit = async (name: string, field: Locator, text: string) => {
      await drawer.getByRole("button", { name: `Edit ${name}` }).click();
      await field.fill(text);
      await field.press("Enter");
      await field.waitFor({ state: "detached" });
    };
    await edit("budget", drawer.getByLabel(/^Budget in US/), "2.5");
    await edit("start", drawer.getByLabel(/^Not before/), "2031-01-07T09:00");
    await edit("model", drawer.getByLabel(/^Model;/), "gpt-9");
    const { task } = await api("GET", path(id));
    assert.deepEqual(
      [task.max_cost_usd, task.not_before, task.model_override],
      [2.5, Date.UTC(2031, 0, 7, 9) / 1000, "gpt-9"],
    );
    await drawer.getByText("After 7 Jan 2031, 09:00").waitFor();
    await edit("budget", drawer.getByLabel(/^Budget in US/), "");
    await edit("model", drawer.getByLabel(/^Model;/), "");
    await drawer.getByRole("region", { name: /Why/ }).getByRole("button", { name: "Do not wait" })
      .click();
    await becomes(
      id,
      "nothing of its own",
      ({ task }) =>
        task.max_cost_usd === null && task.model_override === null && task.not_before === null,
    );
    // A refused value stays in its field, with the reason beside it.
    await drawer.getByRole("button", { name: "Edit start" }).click();
    await drawer.getByLabel(/^Not before/).fill("2001-01-01T09:00");
    await page.keyboard.press("Enter");
    await drawer.getByRole("alert").getByText("that time is over").waitFor();
  }, { expectProblems: ["400"] });

  await suite.test(
    "S-246 Enter sends a comment, Shift+Enter does not, and what was begun is kept",
    async (page) => {
      const id = await office.create("Talk about it");
      const drawer = await shownIn(page, id);
      const field = drawer.getByRole("textbox", { name: "Comment" });
      await field.fill("First line");
      await field.press("Shift+Enter");
      await field.pressSequentially("second **line**");
      await field.press("Enter");
      await drawer.getByRole("list", { name: "Comments" }).getByText("second").waitFor();
      await becomes(
        id,
        "said",
        ({ comments }) =>
          comments.length === 1 && comments[0]!.body === "First line\nsecond **line**",
      );
      assert.equal(await field.inputValue(), "");

      await page.route("**/comments*", (route) => route.abort());
      await field.fill("Not heard");
      await field.press("Enter");
      await drawer.getByRole("alert").waitFor();
      assert.equal(await field.inputValue(), "Not heard");
      await page.unroute("**/comments*");
      await field.press("Enter");
      await becomes(id, "said again", ({ comments }) => comments.length === 2);
    },
    { expectProblems: ["ERR_FAILED"] },
  );

  await suite.test(
    "S-245 links are added and removed; a circle is refused in words",
    async (page) => {
      const first = await office.create("Lay the ground");
      const second = await office.create("Build the walls");
      const drawer = await shownIn(page, second);
      const section = drawer.getByRole("region", { name: "Dependencies" });
      await section.getByRole("button", { name: "Add parent" }).click();
      await page.getByPlaceholder("Add parent…").fill("the");
      await page.getByRole("option", { name: /Lay the ground/ }).waitFor();
      assert.equal(await page.getByRole("option", { name: /Build the walls/ }).count(), 0);
      await page.getByRole("option", { name: /Lay the ground/ }).click();
      const chip = section.getByRole("link", { name: /Lay the ground/ });
      await chip.waitFor();
      await becomes(second, "linked", ({ parents }) => parents.some(({ id }) => id === first));
      // What is linked already is no choice any more.
      await section.getByRole("button", { name: "Add parent" }).click();
      await page.getByPlaceholder("Add parent…").fill("Lay the ground");
      await page.getByText("Nothing found").waitFor();
      await page.keyboard.press("Escape");

      await chip.click();
      await page.getByRole("dialog", { name: "Lay the ground" }).waitFor();
      const third = await office.create("Put the roof on", "--parent", second);
      await section.getByRole("button", { name: "Add parent" }).click();
      await page.getByPlaceholder("Add parent…").fill("roof");
      await page.getByRole("option", { name: /Put the roof on/ }).click();
      await section.getByRole("alert").getByText(/circle|cycle/i).waitFor();
      assert.deepEqual((await api("GET", path(third))).links.children, []);

      await section.getByRole("button", { name: "Remove the link with Build the walls" }).click();
      await becomes(second, "free", ({ parents }) => parents.length === 0);
      await page.getByRole("button", { name: "Undo" }).first().click();
      await becomes(second, "linked again", ({ parents }) => parents.length === 1);
    },
    { expectProblems: ["400"] },
  );

  await suite.test("R-02 R-08 a parent that was put aside offers to unlink; one that was waived says so", async (page) => {
    const lost = await office.create("Never done");
    const open = await office.create("Still open");
    const id = await office.create("Waits for both", "--parent", lost, "--parent", open);
    await api("POST", `${path(lost)}/archive`, {});
    const drawer = await shownIn(page, id);
    const waits = drawer.getByRole("list", { name: "Waits for" });
    await waits.getByText("archived, never completed").waitFor();
    await waits.getByRole("button", { name: "Unlink" }).click();
    await waits.getByText("Never done").waitFor({ state: "detached" });

    await drawer.getByRole("button", { name: "→ Ready" }).click();
    const question = page.getByRole("dialog", { name: "Start without waiting?" });
    await question.getByText("Still open").waitFor();
    await question.getByRole("button", { name: "Move to Ready" }).click();
    await waits.getByText("waived").waitFor();
    await becomes(id, "ready", ({ task }) => task.status === "ready");
  });

  await suite.test("S-244 R-07 P-085 the status row offers what the kernel accepts and asks where it should", async (page) => {
    const id = await office.create("Goes through it all");
    const drawer = await shownIn(page, id);
    const row = drawer.getByRole("group", { name: "Change the status" });
    const names = () => row.getByRole("button").allInnerTexts();
    assert.deepEqual(await names(), [
      "Complete",
      "Block",
      "→ Triage",
      "→ To do",
      "→ In progress",
      "Archive",
    ]);
    await row.getByRole("button", { name: "→ In progress" }).click();
    await drawer.getByRole("region", { name: "Run under way" })
      .getByText("Taken into work by hand").waitFor();
    const { runs } = await api("GET", path(id));
    assert.equal(runs[0].claim_lock, "manual");

    await row.getByRole("button", { name: "Block" }).click();
    await page.getByLabel("Reason").fill("Which colour?");
    await page.getByLabel("Kind").selectOption("needs_input");
    await page.getByRole("dialog", { name: "Block this task?" }).getByRole("button", {
      name: "Block",
    }).click();
    const why = drawer.getByRole("region", { name: "Why is this waiting?" });
    await why.getByText("Which colour?").waitFor();
    await why.getByRole("button", { name: "Answer" }).click();
    await drawer.locator("#drawer-comment:focus").waitFor();
    await page.keyboard.type("Blue.");
    await page.keyboard.press("Enter");
    await drawer.getByRole("list", { name: "Comments" }).getByText("Blue.").waitFor();
    await row.getByRole("button", { name: "Unblock" }).click();
    await becomes(id, "ready", ({ task }) => task.status === "ready");

    await row.getByRole("button", { name: "Complete" }).click();
    await page.getByLabel("Summary").fill("It is **blue** now.");
    await page.getByRole("textbox", { name: "Result" }).fill("#00f");
    await page.getByRole("dialog", { name: "Complete this task?" })
      .getByRole("button", { name: "Complete" }).click();
    const result = drawer.getByRole("region", { name: "Result" });
    await result.getByText("#00f").waitFor();
    await result.locator("strong", { hasText: "blue" }).waitFor();

    await row.getByRole("button", { name: "Archive" }).click();
    await page.getByRole("dialog", { name: "Archive this task?" })
      .getByRole("button", { name: "Archive" }).click();
    await row.getByRole("button", { name: "Restore" }).click();
    await becomes(id, "done again", ({ task }) => task.status === "done");
    await drawer.getByRole("tab", { name: "Events" }).click();
    const events = drawer.getByRole("list", { name: "Events" });
    await events.getByText("Taken into work by hand").waitFor();
    await events.getByText("Blocked (needs input): Which colour?").waitFor();
    await events.getByText("Archived", { exact: true }).waitFor();
  });

  await suite.test("a move that is refused says so in place", async (page) => {
    const id = await office.create("Somebody was quicker");
    const drawer = await shownIn(page, id);
    await page.route("**/events?*", (route) => route.abort());
    await page.route(
      `**/tasks/${id}?*`,
      (route) => route.request().method() === "GET" ? new Promise(() => {}) : route.continue(),
    );
    await api("PATCH", path(id), { status: "triage" });
    await drawer.getByRole("button", { name: "→ In progress" }).click();
    await drawer.getByRole("alert").getByText(/Cannot claim/).waitFor();
    await page.unrouteAll({ behavior: "ignoreErrors" });
  }, { expectProblems: ["409", "ERR_FAILED"] });

  await suite.test(
    "j and k go to the next and the previous task of the board, not while one types",
    async (page) => {
      const ids: string[] = [];
      for (const [title, priority] of [["One", 3], ["Two", 2], ["Three", 1]]) {
        const body = { title, priority, triage: true };
        const { task } = await api("POST", "/tasks?board=row", body);
        ids.push(task.id);
      }
      await visit(page, `/task/${ids[0]}`);
      const at = (title: string) => page.getByRole("dialog", { name: title }).waitFor();
      await at("One");
      await page.locator("a.card-title").first().waitFor();
      await page.keyboard.press("j");
      await at("Two");
      await page.keyboard.press("j");
      await at("Three");
      assert.equal(await page.getByRole("button", { name: "Next task" }).isDisabled(), true);
      await page.keyboard.press("k");
      await at("Two");
      await page.getByRole("textbox", { name: "Comment" }).pressSequentially("jkj");
      await at("Two");
      assert.match(page.url(), new RegExp(ids[1]!));
    },
    { board: "row" },
  );

  await suite.test("U-058 files are dropped, listed, handed out and removed; one of 26 MB is refused in words", async (page) => {
    const id = await office.create("With files");
    const drawer = await shownIn(page, id);
    const section = drawer.getByRole("region", { name: "Files" });
    const input = section.locator("input[type=file]");
    await input.setInputFiles([
      { name: "day one.csv", mimeType: "text/csv", buffer: bytes("a,b\n") },
      { name: "evil <img src=x onerror=alert(1)>.txt", mimeType: "text/plain", buffer: bytes("x") },
    ]);
    const list = section.getByRole("list", { name: "Attachments" });
    await list.getByText("day one.csv").waitFor();
    await list.getByText(/evil/).waitFor();
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      list.getByRole("link", { name: "day one.csv" }).click(),
    ]);
    assert.equal(saved.suggestedFilename(), "day one.csv");
    await list.getByRole("button", { name: "Remove day one.csv" }).click();
    await page.getByRole("dialog", { name: /Remove day one/ })
      .getByRole("button", { name: "Remove" }).click();
    await list.getByText("day one.csv").waitFor({ state: "detached" });

    const big = join(office.home, "big.bin");
    const file = await Deno.open(big, { create: true, write: true });
    await file.truncate(26 * 1024 * 1024 + 1);
    file.close();
    await input.setInputFiles(big);
    await section.getByRole("alert").getByText(/big\.bin.*25 MB is the most/).waitFor();

    await section.locator(".files").evaluate((element: unknown) => {
      // Runs in the page, where these exist.
      const { DataTransfer, DragEvent } = globalThis as unknown as Record<
        string,
        new (...given: unknown[]) => { items: { add(file: File): void } }
      >;
      const dataTransfer = new DataTransfer!();
      dataTransfer.items.add(new File(["dropped"], "dropped.txt"));
      const event = new DragEvent!("drop", { dataTransfer, bubbles: true, cancelable: true });
      (element as EventTarget).dispatchEvent(event as unknown as Event);
    });
    await list.getByText("dropped.txt").waitFor();
  });

  await suite.test("a task that is not there says so and can be closed", async (page) => {
    await visit(page, "/task/t_00000000");
    const drawer = page.getByRole("dialog");
    await drawer.getByText("Task t_00000000 cannot be shown").waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
  }, { expectProblems: ["404"] });
});

interface Detail {
  task: Record<string, unknown> & { status: string };
  comments: { body: string }[];
  parents: { id: string }[];
}

function bytes(text: string): Buffer {
  return Buffer.from(text);
}
