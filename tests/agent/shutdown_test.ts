// Owns: proof that a worker asked to end is gone a moment later, whatever it is doing.

import assert from "node:assert/strict";

async function ask(
  kind: string,
  signals: number,
): Promise<{ code: number; output: string; ms: number }> {
  const script = new URL("./shutdown_child.ts", import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-check", script, kind],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let output = "";
  let askedAt = 0;
  const decoder = new TextDecoder();
  for await (const chunk of child.stdout) {
    output += decoder.decode(chunk, { stream: true });
    if (askedAt === 0 && output.includes("ready")) {
      askedAt = performance.now();
      child.kill("SIGTERM");
    } else if (signals > 1 && output.includes("asked")) {
      child.kill("SIGTERM");
    }
  }
  const { code } = await child.status;
  return { code, output, ms: performance.now() - askedAt };
}

Deno.test("P-018 U-035 a process that hangs is ended hard, a moment after SIGTERM", async () => {
  const { code, output, ms } = await ask("stubborn", 1);
  assert.deepEqual([code, output], [143, "ready\nasked\n"]);
  assert.ok(ms >= 1000 && ms < 10_000, `${Math.round(ms)} ms`);
});

Deno.test("P-018 a second SIGTERM ends the process at once", async () => {
  const { code, ms } = await ask("stubborn", 2);
  assert.equal(code, 143);
  assert.ok(ms < 1400, `${Math.round(ms)} ms`);
});

Deno.test("P-018 a process that stops by itself keeps its own exit code", async () => {
  const { code, output } = await ask("polite", 1);
  assert.deepEqual([code, output], [0, "ready\nasked\n"]);
});
