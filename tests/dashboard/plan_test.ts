// Owns: the plan page in a real browser, with the scripted model.

import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { until } from "../harness/program.ts";
import { dashboardSuite, everyTheme, expectAccessible, visit } from "./browser.ts";

const manual = `kanban:
  auto_decompose: false
`;

dashboardSuite("the plan page", async (suite) => {
  const { api, office, test } = suite;
  const idea = (title: string) => office.create(title, "--triage");
  const planOf = async (id: string) => (await api("GET", `/tasks/${id}/plan`)).plan;
  const titles = (plan: { tasks: { title: string }[] }) => plan.tasks.map(({ title }) => title);

  await test("in Manual, Decompose asks for a plan and creates nothing", async (page) => {
    const id = await idea("A tides website");
    await visit(page, `/task/${id}`);
    await page.getByRole("button", { name: "Decompose" }).click();
    await page.waitForURL(new RegExp(`/plan/${id}`));
    await cards(page, 4);
    assert.doesNotMatch(page.url(), /ask/, "reloading does not ask again");
    const { tasks } = await api("GET", "/tasks");
    assert.deepEqual(tasks.map(({ id }: { id: string }) => id), [id]);
    await page.getByRole("heading", { name: "Step 1 2 tasks side by side" }).waitFor();
    await page.getByText("The script wants frontend-eng or backend-eng or ops for this.").waitFor();
    await page.getByRole("button", { name: "or ops" }).first().waitFor();
    await page.getByText("How long it takes is unknown").waitFor();
    assert.equal(await page.locator(".flow-node").count(), 4);
    assert.equal(await page.locator(".flow-line").count(), 3);
    await page.locator(".flow-node", { hasText: "Review the tides site" }).click();
    await page.locator("[data-plan-task][data-chosen]").waitFor();
    const chosen = page.locator("[data-plan-task][data-chosen] input");
    assert.equal(await chosen.inputValue(), "Review the tides site");
  });

  await test("what is changed is kept: title, profile, dependencies, a task more and a task less", async (page) => {
    const id = await idea("A tides site to change");
    await propose(id);
    await visit(page, `/plan/${id}`);
    await cards(page, 4);
    await page.getByLabel("Title of task 1").fill("Collect all facts");
    await page.getByRole("button", { name: "Profile of task 2: backend-eng" }).click();
    await page.getByRole("option", { name: /^ops/ }).click();
    await page.getByRole("option").first().waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Task 2 waits for: + wait for…" }).click();
    const offered = await page.getByRole("option").allTextContents();
    assert.deepEqual(offered, ["1 Collect all facts"], "nothing that would make a circle");
    await page.getByRole("option").first().click();
    await page.getByRole("heading", { name: "Step 2", exact: true }).waitFor();
    await page.getByRole("button", { name: "Task 3 no longer waits for task 1" }).click();
    await page.getByRole("button", { name: "Add a task" }).click();
    await page.getByLabel("Title of task 5").fill("Print it");
    await page.getByRole("button", { name: "Leave out task 4" }).click();
    await saved(page);
    const plan = await planOf(id);
    assert.deepEqual(titles(plan), [
      "Collect all facts",
      "Prepare the page layout",
      "Write the tides page",
      "Print it",
    ]);
    assert.deepEqual(plan.tasks.map(({ parents }: { parents: number[] }) => parents), [
      [],
      [0],
      [1],
      [],
    ]);
    assert.equal(plan.tasks[1].assignee, "ops");
    await page.getByRole("button", { name: "Undo" }).last().click();
    await saved(page);
    assert.equal((await planOf(id)).tasks.length, 5);
    await page.reload();
    await cards(page, 5);
    assert.equal(await page.getByLabel("Title of task 1").inputValue(), "Collect all facts");
  });

  await test("a line drawn from task to task is a dependency, a click on it cuts it", async (page) => {
    const id = await idea("A tides site to draw on");
    await propose(id);
    await visit(page, `/plan/${id}`);
    await cards(page, 4);
    const node = (name: string) => page.locator(".react-flow__node").filter({ hasText: name });
    const from = node("Collect the facts").locator(".react-flow__handle.source");
    const to = node("Review the tides site").locator(".react-flow__handle.target");
    await until("it lies still", async () => (await from.boundingBox()) !== null);
    await dragTo(page, await middle(from), await middle(to));
    await until("a fourth line", async () => await page.locator(".flow-line").count() === 4);
    await saved(page);
    assert.deepEqual((await planOf(id)).tasks[3].parents, [0, 2]);
    // The other way round it would be a circle.
    const back = node("Review the tides site").locator(".react-flow__handle.source");
    const first = node("Collect the facts").locator(".react-flow__handle.target");
    await dragTo(page, await middle(back), await middle(first));
    assert.equal(await page.locator(".flow-line").count(), 4);
    await page.locator(`.flow-line`).last().locator(".react-flow__edge-interaction")
      .dispatchEvent("click");
    await until("three lines", async () => await page.locator(".flow-line").count() === 3);
    await page.getByText(/no longer waits for/).first().waitFor();
  });

  await test("an empty title is refused in place, and the plan cannot be approved with it", async (page) => {
    const id = await idea("A tides site without titles");
    await propose(id);
    await visit(page, `/plan/${id}`);
    await cards(page, 4);
    await page.getByLabel("Title of task 2").fill(" ");
    await page.getByText("A task needs a title").waitFor();
    await page.getByText("Not saved: a task has no title").waitFor();
    assert.ok(await page.getByRole("button", { name: "Approve" }).isDisabled());
    await page.getByLabel("Title of task 2").fill("Lay it out");
    await saved(page);
    assert.equal(titles(await planOf(id))[1], "Lay it out");
  });

  await test("what the server refuses is said, and can be taken back", async (page) => {
    const id = await idea("A tides site nobody can write");
    await propose(id);
    await visit(page, `/plan/${id}`);
    await cards(page, 4);
    await page.route("**/plan?*", async (route) => {
      if (route.request().method() !== "PUT") return await route.continue();
      const sent = route.request().postDataJSON();
      sent.tasks[0].assignee = "nobody-knows";
      await route.continue({ postData: JSON.stringify(sent) });
    });
    await page.getByLabel("Title of task 1").fill("Collect");
    await page.getByText('there is no profile "nobody-knows"').waitFor();
    assert.ok(await page.getByRole("button", { name: "Approve" }).isDisabled());
    await page.getByRole("button", { name: "Try again" }).click();
    await until(
      "the title is as it was",
      async () =>
        await page.getByLabel("Title of task 1").inputValue() === "Collect the facts about tides",
    );
  }, { expectProblems: [/status of 4\d\d/] });

  await test("a change made elsewhere appears, and a text changed meanwhile is warned of", async (page) => {
    const id = await idea("A tides site for two");
    await propose(id);
    await visit(page, `/plan/${id}`);
    await cards(page, 4);
    await office.json(["kanban", "plan", "edit", id, "--set-title", "1=From elsewhere"]);
    await until(
      "the other's title is there",
      async () => await page.getByLabel("Title of task 1").inputValue() === "From elsewhere",
    );
    await api("PATCH", `/tasks/${id}`, { body: "With a chart, please" });
    await page.getByText("The idea's text was changed after this plan was made").waitFor();
    await page.getByRole("button", { name: "Approve" }).click();
    await page.getByRole("button", { name: "Approve anyway" }).click();
    await page.waitForURL(new RegExp(`/graph/${id}`));
    assert.equal((await api("GET", `/tasks/${id}`)).task.status, "todo");
  });

  await test("approving saves first, creates the tasks and shows their graph", async (page) => {
    const id = await idea("A tides site to approve");
    await propose(id);
    await visit(page, `/plan/${id}`);
    await cards(page, 4);
    await page.getByLabel("Title of task 4").fill("Look it over");
    await page.getByRole("button", { name: "Approve" }).click();
    await page.waitForURL(new RegExp(`/graph/${id}`));
    await page.getByText("Created 4 tasks").waitFor();
    await page.locator(".flow-node", { hasText: "Look it over" }).waitFor();
    assert.equal(await page.locator(".flow-node").count(), 5);
    await visit(page, `/plan/${id}`);
    await page.getByText("There is nothing to plan any more").waitFor();
  });

  await test("a plan is discarded after a question; another can be asked for", async (page) => {
    const id = await idea("A tides site to drop");
    await propose(id);
    await visit(page, `/plan/${id}`);
    await cards(page, 4);
    await page.getByRole("button", { name: "Discard" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Discard" }).click();
    await page.getByText("No plan yet").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Ask for a plan" }).click();
    await cards(page, 4);
    const before = (await planOf(id)).id;
    await page.getByRole("button", { name: "Ask again" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Ask again" }).click();
    await until("there is another plan", async () => (await planOf(id)).id !== before);
    await cards(page, 4);
  });

  await test("while the model thinks one sees it; when it fails one reads why", async (page) => {
    const slow = await idea("hang-planner for ever");
    await visit(page, `/plan/${slow}`);
    await page.getByRole("button", { name: "Ask for a plan" }).click();
    await page.getByText("The planner thinks about “hang-planner for ever”").waitFor();
    await expectAccessible(page);
    const broken = await idea("malformed answer");
    await visit(page, `/plan/${broken}`);
    await page.getByRole("button", { name: "Ask for a plan" }).click();
    await page.getByText("There is no plan", { exact: true }).waitFor();
    await page.getByText(/malformed JSON/).waitFor();
  });

  const shown = await idea("A tides site to look at");
  await propose(shown);
  for (const theme of everyTheme) {
    await test(`has nothing in the way of anybody, ${theme}`, async (page) => {
      await visit(page, `/plan/${shown}`);
      await cards(page, 4);
      await expectAccessible(page);
    }, { theme });
  }

  await test("fits a phone", async (page) => {
    await visit(page, `/plan/${shown}`);
    await cards(page, 4);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth > innerWidth"), false);
    await expectAccessible(page);
  }, { width: 360, height: 740, touch: true });

  async function propose(id: string): Promise<void> {
    const { ok, reason } = await api("POST", `/tasks/${id}/plan`, {});
    assert.ok(ok, reason);
  }
}, { config: manual });

async function cards(page: Page, count: number): Promise<void> {
  await until(
    `there are ${count} cards`,
    async () => await page.locator("[data-plan-task]").count() === count,
  );
}

async function saved(page: Page): Promise<void> {
  await page.getByText(/ proposed · Saved$/).waitFor();
}

async function middle(element: ReturnType<Page["locator"]>) {
  const box = await element.boundingBox();
  assert.ok(box);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function dragTo(page: Page, from: { x: number; y: number }, to: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}
