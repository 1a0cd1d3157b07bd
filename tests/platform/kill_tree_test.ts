import assert from "node:assert/strict";
import { join } from "node:path";
import { endMarked, endTree, findMarked } from "../../src/platform/kill_tree.ts";
import { identify, isAlive } from "../../src/platform/process.ts";
import { readProcess } from "../../src/platform/process_table.ts";
import { ended, pidIn, runs, until, withShell } from "./world.ts";

/** A marker no other test run on this machine uses. */
function freshMarker(): string {
  return `test-${crypto.randomUUID()}`;
}

Deno.test("S-100 endTree() asks politely and kills nobody who goes", async () => {
  await withShell(
    "trap 'echo bye; exit 0' TERM; touch up; while :; do sleep 0.01; done",
    {},
    async (
      process,
      dir,
    ) => {
      await until("the trap is set", () => Deno.stat(join(dir, "up")).catch(() => null));
      const report = await endTree({ identity: process.identity, graceMs: 5000 });
      assert.equal(report.sigkill, false);
      assert.deepEqual(report.survivors, []);
      assert.ok(report.ended.includes(process.identity.pid));
      assert.deepEqual(await ended(process), { code: 0, signal: null });
      assert.match(await Deno.readTextFile(join(dir, "log")), /bye/);
    },
  );
});

Deno.test("S-100 endTree() kills what ignores SIGTERM once the grace is over", async () => {
  await withShell("trap '' TERM; sleep 60 & echo $! >child; wait", {}, async (process, dir) => {
    const child = await pidIn(join(dir, "child"));
    const started = performance.now();
    const report = await endTree({ identity: process.identity, graceMs: 300 });
    assert.ok(performance.now() - started >= 300);
    assert.equal(report.sigkill, true);
    assert.deepEqual(report.survivors, []);
    assert.deepEqual(report.ended.toSorted(), [process.identity.pid, child].toSorted());
    assert.equal(runs(child), false);
    assert.deepEqual(await ended(process), { code: null, signal: "SIGKILL" });
  });
});

Deno.test("S-100 endTree() ends at once, without waiting out the grace, when all are gone", async () => {
  await withShell("exec sleep 60", {}, async (process) => {
    const started = performance.now();
    await endTree({ identity: process.identity, graceMs: 30_000 });
    assert.ok(performance.now() - started < 10_000);
  });
});

Deno.test("endTree() ends the group although its leader is gone", async () => {
  const env = { HERMES_RUN_MARKER: freshMarker() };
  await withShell("sleep 60 & echo $! >child", env, async (process, dir) => {
    const child = await pidIn(join(dir, "child"));
    await ended(process);
    assert.equal(runs(child), true);
    const marker = env.HERMES_RUN_MARKER;
    const report = await endTree({ identity: process.identity, marker, graceMs: 2000 });
    assert.deepEqual(report, { sigkill: false, ended: [child], survivors: [] });
  });
});

Deno.test("endTree() ends an orphan in the group that dropped its environment", async () => {
  const env = { HERMES_RUN_MARKER: freshMarker() };
  const script = "(env -i sleep 60 & echo $! >orphan); sleep 61";
  await withShell(script, env, async (process, dir) => {
    const orphan = await pidIn(join(dir, "orphan"));
    const marker = env.HERMES_RUN_MARKER;
    const isOrphan = () => readProcess(orphan)?.parent !== process.identity.pid;
    await until("the orphan has another parent", isOrphan);
    const report = await endTree({ identity: process.identity, marker, graceMs: 2000 });
    assert.ok(report.ended.includes(orphan));
    assert.equal(runs(orphan), false);
  });
});

Deno.test("endTree() finds a daemon that left the group by its marker", async () => {
  const env = { HERMES_RUN_MARKER: freshMarker() };
  // Two forks with a session of its own between them: no parent, group or session leads to it.
  const script = "(setsid bash -c 'sleep 60 & echo $! >daemon' &) ; sleep 61";
  await withShell(script, env, async (process, dir) => {
    const daemon = await pidIn(join(dir, "daemon"));
    await until(
      "the daemon is an orphan",
      () => readProcess(daemon)?.parent !== process.identity.pid,
    );
    assert.notEqual(readProcess(daemon)?.group, process.identity.pid);
    const marker = env.HERMES_RUN_MARKER;
    const report = await endTree({ identity: process.identity, marker, graceMs: 2000 });
    assert.ok(report.ended.includes(daemon));
    assert.equal(runs(daemon), false);
  });
});

Deno.test("endTree() finds a child that left the group and dropped its environment", async () => {
  const env = { HERMES_RUN_MARKER: freshMarker() };
  const script = "env -i PATH=\"$PATH\" setsid bash -c 'echo $$ >stray; exec sleep 60' & wait";
  await withShell(script, env, async (process, dir) => {
    const stray = await pidIn(join(dir, "stray"));
    const marker = env.HERMES_RUN_MARKER;
    const report = await endTree({ identity: process.identity, marker, graceMs: 2000 });
    assert.ok(report.ended.includes(stray));
    assert.equal(runs(stray), false);
  });
});

Deno.test("endTree() ends what is started while it is at work", async () => {
  const env = { HERMES_RUN_MARKER: freshMarker() };
  const script =
    "trap 'setsid sleep 60 & echo $! >late; exit' TERM; touch up; while :; do sleep 0.01; done";
  await withShell(script, env, async (process, dir) => {
    await until("the trap is set", () => Deno.stat(join(dir, "up")).catch(() => null));
    const marker = env.HERMES_RUN_MARKER;
    const report = await endTree({ identity: process.identity, marker, graceMs: 2000 });
    const late = await pidIn(join(dir, "late"));
    assert.equal(runs(late), false);
    assert.ok(report.ended.includes(late));
  });
});

Deno.test("endTree() ends a stopped process without killing it", async () => {
  await withShell("trap 'exit 0' TERM; kill -STOP $$; sleep 60", {}, async (process) => {
    const { pid } = process.identity;
    const isStopped = () => / T /.test(Deno.readTextFileSync(`/proc/${pid}/stat`));
    await until("the process has stopped", isStopped);
    const report = await endTree({ identity: process.identity, graceMs: 5000 });
    assert.equal(report.sigkill, false);
    assert.deepEqual(await ended(process), { code: 0, signal: null });
  });
});

Deno.test("endTree() leaves alone a process that merely has the same pid", async () => {
  await withShell("sleep 60 & echo $! >child; wait", {}, async (process, dir) => {
    const child = await pidIn(join(dir, "child"));
    const { pid, startTime } = process.identity;
    const former = { ...process.identity, startTime: String(+startTime - 1) };
    for (const identity of [former, { ...process.identity, bootId: "another" }]) {
      const marker = freshMarker();
      const report = await endTree({ identity, marker, graceMs: 0 });
      assert.deepEqual(report, { sigkill: false, ended: [], survivors: [] });
      assert.deepEqual(await endTree({ identity, graceMs: 0 }), report);
    }
    assert.deepEqual([runs(pid), runs(child)], [true, true]);
  });
});

Deno.test("endTree() does not end what this process started when asked to end this process", async () => {
  await withShell("exec sleep 60", {}, async (child) => {
    const self = identify(Deno.pid)!;
    const report = await endTree({ identity: self, graceMs: 0 });
    assert.deepEqual(report, { sigkill: false, ended: [], survivors: [Deno.pid] });
    assert.equal(isAlive(child.identity), true);
  });
});

Deno.test("endTree() spares the group of this process", async () => {
  const sibling = new Deno.Command("sleep", { args: ["60"], stdin: "null" }).spawn();
  try {
    const report = await endTree({ identity: identify(sibling.pid)!, graceMs: 0 });
    assert.deepEqual(report, { sigkill: false, ended: [], survivors: [sibling.pid] });
    assert.equal(runs(sibling.pid), true);
  } finally {
    sibling.kill("SIGKILL");
    await sibling.status;
  }
});

Deno.test("endMarked() ends exactly the processes of one run", async () => {
  const marker = freshMarker();
  await withShell("exec sleep 60", { HERMES_RUN_MARKER: marker }, async (mine) => {
    await withShell("exec sleep 60", { HERMES_RUN_MARKER: `${marker}0` }, async (other) => {
      await until("both are listed", () => findMarked(marker).length === 2);
      assert.deepEqual(
        findMarked(marker).toSorted((a, b) => a.marker.length - b.marker.length),
        [
          { identity: mine.identity, marker },
          { identity: other.identity, marker: `${marker}0` },
        ],
      );
      const report = await endMarked(marker, 2000);
      assert.deepEqual(report.ended, [mine.identity.pid]);
      assert.equal(isAlive(other.identity), true);
      assert.deepEqual(await ended(mine), { code: null, signal: "SIGTERM" });
    });
  });
  assert.deepEqual(findMarked(marker), []);
});

Deno.test("endMarked() survives carrying the marker itself", async () => {
  const marker = freshMarker();
  const killTree = new URL("../../src/platform/kill_tree.ts", import.meta.url).href;
  const code = `const { endMarked } = await import(${JSON.stringify(killTree)});
    console.log(JSON.stringify(await endMarked(${JSON.stringify(marker)}, 2000)));`;
  await withShell("exec sleep 60", { HERMES_RUN_MARKER: marker }, async (worker) => {
    const output = await new Deno.Command(Deno.execPath(), {
      args: ["eval", code],
      env: { HERMES_RUN_MARKER: marker },
    }).output();
    const report = JSON.parse(new TextDecoder().decode(output.stdout));
    assert.deepEqual(report.ended, [worker.identity.pid]);
    await ended(worker);
  });
});
