// Owns: proof of the first steps in a fresh installation, of the offline page, and of signing in again.

import assert from "node:assert/strict";
import { join } from "node:path";
import { dashboardSuite, everyTheme, expectAccessible, visit } from "./browser.ts";

dashboardSuite("a fresh installation", async (suite) => {
  const { api, test, office } = suite;
  const config = join(office.home, "config.yaml");
  const connected = await Deno.readTextFile(config);
  await Deno.writeTextFile(config, "# nothing yet\n");
  await Deno.remove(join(office.home, "profiles"), { recursive: true });

  for (const theme of everyTheme) {
    await test(`is shown the first steps, readable by everybody, ${theme}`, async (page) => {
      await visit(page, "/");
      await page.getByRole("heading", { name: "Connect a model" }).waitFor();
      await page.getByRole("button", { name: "Install writer" }).waitFor();
      await expectAccessible(page);
    }, { theme });
  }

  await test("fits a phone", async (page) => {
    await visit(page, "/");
    await page.getByRole("button", { name: "Install writer" }).waitFor();
    const wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
    assert.equal(wide, false);
    await expectAccessible(page);
  }, { width: 360, height: 740, touch: true });

  await test("connects a model, makes a team and drops an idea", async (page) => {
    await visit(page, "/");
    await page.getByRole("button", { name: "Test whether it answers" }).click();
    await page.locator(".welcome-bad").waitFor();
    assert.match(await page.locator(".welcome-bad").innerText(), /no provider is set/);
    await page.getByLabel("Provider").selectOption({ label: "Ollama, on this machine" });
    const lines = page.getByLabel("Lines for config.yaml", { exact: true });
    assert.match(await lines.innerText(), /provider: ollama\n\s+default: qwen3:32b/);
    assert.equal(await page.getByText(config).count(), 1, "it says where the lines go");
    await Deno.writeTextFile(config, connected);
    await page.getByRole("button", { name: "Test whether it answers" }).click();
    await page.getByText(/custom \/ rehearsal answered/).waitFor();
    await page.getByRole("heading", { name: "Connect a model (done)" }).waitFor();
    await page.getByRole("button", { name: "Install writer" }).click();
    await page.getByRole("heading", { name: "Make a team (done)" }).waitFor();
    await page.getByRole("button", { name: "Publish a small static site about the tides" })
      .click();
    await page.getByRole("button", { name: "Put it into Triage" }).click();
    await page.locator('[data-column="triage"]').getByText("Publish a small static site").waitFor();
    const { columns } = await api("GET", "/board");
    assert.equal(columns.find(({ name }: { name: string }) => name === "triage").count, 1);
    await visit(page, "/");
    await page.locator(".columns").waitFor();
  });

  await test("an address of a model that is not there is named with the reason", async () => {
    await Deno.writeTextFile(
      config,
      "model:\n  provider: custom\n  default: m\n  base_url: http://127.0.0.1:1/v1\n",
    );
    const found = await api("POST", "/model-check");
    assert.equal(found.ok, false);
    assert.equal(found.base_url, "http://127.0.0.1:1/v1");
    assert.notEqual(found.reason, "");
    assert.equal(found.config_file, config);
  });
});

dashboardSuite("the board of an installation in use", async (suite) => {
  const { test, url } = suite;

  await test("is not covered by the first steps; empty columns say what they are for", async (page) => {
    await visit(page, "/");
    await page.getByText("Tasks that wait for others land here").waitFor();
    assert.equal(await page.getByRole("heading", { name: "Connect a model" }).count(), 0);
  });

  await test("is installable: manifest and icons are there", async (page) => {
    await visit(page, "/");
    const found = await page.evaluate(`(async () => {
      const link = document.querySelector('link[rel="manifest"]');
      const manifest = await (await fetch(link.href)).json();
      const sizes = [];
      for (const { src, sizes: claimed, type } of manifest.icons) {
        const image = new Image();
        image.src = src;
        await image.decode();
        sizes.push([claimed, type, image.naturalWidth]);
      }
      return { display: manifest.display, start: manifest.start_url, sizes };
    })()`) as { display: string; start: string; sizes: [string, string, number][] };
    assert.deepEqual([found.display, found.start], ["standalone", "/"]);
    for (const [claimed, type, width] of found.sizes) {
      if (type === "image/png") assert.equal(claimed, `${width}x${width}`);
    }
    assert.equal(found.sizes.filter(([, type]) => type === "image/png").length, 3);
  });

  await test("a tab without an application around it installs nothing", async (page) => {
    await visit(page, "/");
    await page.locator(".columns").waitFor();
    const count = "navigator.serviceWorker.getRegistrations().then((all) => all.length)";
    assert.equal(await page.evaluate(count), 0);
  });

  await test("a browser that is not signed in is told how to get in", async (page) => {
    await visit(page, "/");
    await page.context().clearCookies();
    await page.goto(`${url}/settings`);
    await page.getByRole("heading", { name: "This browser is not signed in" }).waitFor();
    await page.getByText("hermes dashboard", { exact: true }).waitFor();
    await expectAccessible(page);
  }, { expectProblems: [/status of 401/] });

  await test(
    "installed, it says that no server answers, and keeps nothing of the board",
    async (page) => {
      await visit(page, "/");
      await page.evaluate(`navigator.serviceWorker.register("/sw.js")
        .then(() => navigator.serviceWorker.ready)
        .then(() => new Promise((done) => {
          if (navigator.serviceWorker.controller) done();
          else navigator.serviceWorker.addEventListener("controllerchange", () => done());
        }))`);
      await page.reload();
      await page.locator(".columns").waitFor();
      await suite.stop();
      await page.goto(`${url}/usage`);
      await page.getByRole("heading", { name: "The hermes server does not answer" }).waitFor();
      await expectAccessible(page);
      const kept = await page.evaluate(`caches.keys()
        .then((names) => Promise.all(names.map((name) => caches.open(name))))
        .then((all) => Promise.all(all.map((each) => each.keys())))
        .then((keys) => keys.flat().map(({ url }) => new URL(url).pathname).sort())`);
      assert.deepEqual(kept, ["/icon.svg", "/offline.css", "/offline.html"]);
      await suite.restart();
      await page.getByRole("link", { name: "Try again" }).click();
      await page.locator(".columns").waitFor();
    },
    { expectProblems: [/ERR_/, /WebSocket/, /Failed to load/] },
  );
});
