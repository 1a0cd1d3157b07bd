// Owns: proof that the transcript is whole, ordered and free of secrets.

import assert from "node:assert/strict";
import { fileTranscript } from "../../src/agent/transcript.ts";
import { transcriptPath } from "../../src/ops/run_record.ts";
import { ManualClock } from "../../src/base/clock.ts";
import { createLog, silentLog } from "../../src/base/log.ts";

Deno.test("P-060 the transcript masks credentials and known secrets in every field", async () => {
  const home = await Deno.makeTempDir();
  try {
    const path = transcriptPath(`${home}/logs`, "t_1", 7);
    assert.equal(path, `${home}/logs/t_1.7.jsonl`);
    const options = { secrets: ["plain-provider-key"], clock: new ManualClock(5), log: silentLog };
    const transcript = fileTranscript(path, options);
    const args = JSON.stringify({ summary: "uses sk-live-0123456789abcdef0123 now" });
    await transcript.record({ kind: "call", id: "c", tool: "kanban_complete", arguments: args });
    const text = "curl -H 'Authorization: Bearer abcdefghijk' plain-provider-key\n";
    await transcript.record({ kind: "result", id: "c", tool: "terminal", text, failed: false });
    const lines = (await Deno.readTextFile(path)).trimEnd().split("\n").map((l) => JSON.parse(l));
    assert.deepEqual(lines, [
      {
        at: 5000,
        kind: "call",
        id: "c",
        tool: "kanban_complete",
        arguments: '{"summary":"uses [redacted] now"}',
      },
      {
        at: 5000,
        kind: "result",
        id: "c",
        tool: "terminal",
        text: "curl -H 'Authorization: Bearer [redacted]' [redacted]\n",
        failed: false,
      },
    ]);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});

Deno.test("a transcript that cannot be written warns once and does not throw", async () => {
  const file = await Deno.makeTempFile();
  try {
    const warnings: string[] = [];
    const log = createLog((_level, message) => warnings.push(message));
    const options = { secrets: [], clock: new ManualClock(), log };
    const transcript = fileTranscript(`${file}/below/t.jsonl`, options);
    await transcript.record({ kind: "end", reason: "finished", turns: 1 });
    await transcript.record({ kind: "end", reason: "finished", turns: 2 });
    assert.deepEqual(warnings, ["transcript cannot be written"]);
  } finally {
    await Deno.remove(file);
  }
});
