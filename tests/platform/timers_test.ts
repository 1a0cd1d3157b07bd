import assert from "node:assert/strict";
import { sleep, withTimeout } from "../../src/platform/timers.ts";

Deno.test("sleep() resolves after its time and never before", async () => {
  const started = performance.now();
  await sleep(30);
  assert.ok(performance.now() - started >= 29);
  await sleep(-5);
});

Deno.test("sleep() is cut short by its signal and leaves no timer", async () => {
  const controller = new AbortController();
  const sleeping = sleep(3_600_000, controller.signal);
  controller.abort(new Error("stop"));
  await assert.rejects(sleeping, /stop/);
  await assert.rejects(sleep(3_600_000, controller.signal), /stop/);
});

Deno.test("sleep() takes a wait longer than a timer can hold", async () => {
  const controller = new AbortController();
  const long = sleep(2 ** 40, controller.signal).then(() => "over", () => "cut");
  await sleep(20);
  controller.abort();
  assert.equal(await long, "cut");
});

Deno.test("sleep() that is unref'd lets the program end", async () => {
  const timers = new URL("../../src/platform/timers.ts", import.meta.url).href;
  const code = `const { sleep } = await import(${JSON.stringify(timers)});
    sleep(3600000, undefined, { unref: true }); console.log("ends");`;
  const output = await new Deno.Command(Deno.execPath(), { args: ["eval", code] }).output();
  assert.deepEqual([output.code, new TextDecoder().decode(output.stdout)], [0, "ends\n"]);
});

Deno.test("withTimeout() passes results and failures on", async () => {
  assert.equal(await withTimeout(() => Promise.resolve(7), 1000), 7);
  await assert.rejects(withTimeout(() => Promise.reject(new Error("no")), 1000), /no/);
});

Deno.test("withTimeout() aborts the work and fails although the work does not listen", async () => {
  let seen: AbortSignal | undefined;
  const hangs = (signal: AbortSignal) => {
    seen = signal;
    return new Promise<never>(() => {});
  };
  await assert.rejects(withTimeout(hangs, 20, { what: "model call" }), {
    code: "unavailable",
    message: "Cannot finish model call: it took longer than 0.02 s",
  });
  assert.equal(seen?.aborted, true);
});

Deno.test("withTimeout() ends with the outer signal", async () => {
  const outer = new AbortController();
  const options = { signal: outer.signal };
  const running = withTimeout((signal) => sleep(3_600_000, signal), 3_600_000, options);
  outer.abort(new Error("shutting down"));
  await assert.rejects(running, /shutting down/);
  await assert.rejects(withTimeout(() => Promise.resolve(1), 10, options), /shutting down/);
});
