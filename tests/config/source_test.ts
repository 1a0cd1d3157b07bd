import assert from "node:assert/strict";
import { join } from "node:path";
import { createLog } from "../../src/base/log.ts";
import { ConfigSource } from "../../src/config/source.ts";

async function withSource(
  body: (
    world: { source: ConfigSource; write(text: string): Promise<void>; lines: string[] },
  ) => Promise<void>,
  env: Record<string, string> = {},
): Promise<void> {
  const home = await Deno.makeTempDir();
  const file = join(home, "config.yaml");
  const lines: string[] = [];
  const log = createLog((level, message) => lines.push(`${level}: ${message}`));
  try {
    await body({
      source: new ConfigSource({ file, env }, log),
      write: (text) => Deno.writeTextFile(file, text),
      lines,
    });
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

Deno.test("P-072 ConfigSource sees auto_decompose switched off between two reads", async () => {
  await withSource(async ({ source, write }) => {
    assert.equal((await source.read()).kanban.auto_decompose, true);
    await write("kanban: {auto_decompose: false}\n");
    assert.equal((await source.read()).kanban.auto_decompose, false);
    await write("kanban: {auto_decompose: true}\n");
    assert.equal((await source.read()).kanban.auto_decompose, true);
  });
});

Deno.test("R-24 U-044 ConfigSource turns auto_decompose off and keeps the rest while unreadable", async () => {
  await withSource(async ({ source, write, lines }) => {
    await write("kanban: {auto_decompose: true, failure_limit: 7}\n");
    assert.equal((await source.read()).kanban.failure_limit, 7);

    await write("kanban: [\n");
    for (let tick = 0; tick < 3; tick++) {
      const config = await source.read();
      assert.equal(config.kanban.auto_decompose, false);
      assert.equal(config.kanban.failure_limit, 7);
    }
    assert.equal(lines.length, 1, lines.join("\n"));
    assert.match(lines[0]!, /^warn: Cannot read config/);

    await write("kanban: {auto_decompose: true, failure_limit: 7}\n");
    assert.equal((await source.read()).kanban.auto_decompose, true);
    assert.match(lines[1]!, /^info: Config is readable again/);
  });
});

Deno.test("R-24 ConfigSource that never saw a good file serves the defaults, auto_decompose off", async () => {
  await withSource(async ({ source, write }) => {
    await write("kanban: {failure_limit: x}\n");
    const config = await source.read();
    assert.equal(config.kanban.auto_decompose, false);
    assert.equal(config.kanban.failure_limit, 3);
  });
});

Deno.test("R-24 what the environment says holds although no file was ever good", async () => {
  await withSource(async ({ source, write }) => {
    await write("kanban: {failure_limit: x}\n");
    const config = await source.read();
    assert.equal(config.dashboard.port, 4711);
    assert.equal(config.kanban.auto_decompose, false);
    await write("kanban: {failure_limit: 4}\n");
    assert.equal((await source.read()).kanban.failure_limit, 4);
  }, { HERMES_DASHBOARD_PORT: "4711" });
});

Deno.test("ConfigSource reports each unknown key once", async () => {
  await withSource(async ({ source, write, lines }) => {
    await write("kanbn: {}\n");
    await source.read();
    await write("kanbn: {}\nkanban: {failure_limit: 4}\n");
    assert.equal((await source.read()).kanban.failure_limit, 4);
    assert.equal(lines.length, 1, lines.join("\n"));
  });
});
