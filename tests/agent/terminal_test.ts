// Owns: proof of the terminal tool: real commands, their limits and their end.

import assert from "node:assert/strict";
import { callTool } from "../../src/agent/tool.ts";
import { withWorkspace } from "./workspace.ts";

Deno.test("terminal runs in the workspace with the given environment only", async () => {
  await withWorkspace(async ({ root, call }) => {
    const command = 'printf "%s|%s|%s" "$(pwd -P)" "$GREETING" "$HOME"; echo oops >&2; exit 3';
    assert.deepEqual(JSON.parse(await call("terminal", { command })), {
      exit_code: 3,
      stdout: `${root}|hi|`,
      stderr: "oops\n",
    });
  });
});

Deno.test("terminal has no input and caps its output keeping both ends", async () => {
  await withWorkspace(async ({ call }) => {
    const reply = JSON.parse(
      await call("terminal", { command: "cat; echo first; seq 1 5000; echo last" }),
    );
    assert.equal(reply.truncated, true);
    assert.match(reply.stdout, /^first\n1\n[^]*bytes omitted[^]*5000\nlast\n$/);
    assert.ok(reply.stdout.length < 4200);
  });
});

Deno.test("terminal ends a command and all it started when its time is over", async () => {
  await withWorkspace(async ({ root, call }) => {
    const command = "sleep 60 & echo $! > pid; wait";
    const reply = JSON.parse(await call("terminal", { command, timeout_seconds: 1 }));
    assert.equal(reply.timed_out_after_seconds, 1);
    const pid = Number(await Deno.readTextFile(`${root}/pid`));
    const state = await Deno.readTextFile(`/proc/${pid}/stat`).catch(() => ") Z");
    assert.match(state.slice(state.lastIndexOf(")")), /^\) [ZX]/);
  });
});

Deno.test("terminal never waits longer than the configured limit", async () => {
  await withWorkspace(async ({ call }) => {
    const reply = JSON.parse(await call("terminal", { command: "sleep 60", timeout_seconds: 50 }));
    assert.equal(reply.timed_out_after_seconds, 1);
  }, { timeoutSeconds: 1 });
});

Deno.test("terminal ends its command when the agent is aborted", async () => {
  await withWorkspace(async ({ root, tools }) => {
    const stop = new AbortController();
    const args = JSON.stringify({ command: "touch started; sleep 60" });
    const running = callTool(tools, "terminal", args, stop.signal);
    for (let round = 0; round < 500; round++) {
      if (await Deno.stat(`${root}/started`).then(() => true, () => false)) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    stop.abort(new Error("enough"));
    await assert.rejects(running, /enough/);
  });
});
