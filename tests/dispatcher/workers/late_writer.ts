// Owns: a worker that waits for a file `go` in its folder, then tries every write an agent can make and notes the answers.

import { hostPorts } from "../../../src/app/host_ports.ts";
import { toHermesError } from "../../../src/base/errors.ts";
import { silentLog } from "../../../src/base/log.ts";
import { block } from "../../../src/ops/tasks/block.ts";
import { comment } from "../../../src/ops/tasks/comment.ts";
import { complete } from "../../../src/ops/tasks/complete.ts";
import { openContext } from "../../../src/ops/context.ts";
import { create } from "../../../src/ops/tasks/create.ts";
import type { Operation } from "../../../src/ops/define.ts";
import { heartbeat } from "../../../src/ops/runs/heartbeat.ts";
import { link } from "../../../src/ops/tasks/link.ts";
import { runOp } from "../../../src/ops/run.ts";

const task_id = Deno.env.get("HERMES_KANBAN_TASK")!;
const other = Deno.args[0]!;
const context = await openContext({ env: Deno.env.toObject(), host: hostPorts, log: silentLog });
await Deno.writeTextFile("pid", `${Deno.pid}\n`);
while (!await Deno.stat("go").catch(() => null)) await new Promise((go) => setTimeout(go, 20));

const writes: [Operation, Record<string, unknown>][] = [
  [heartbeat, { task_id }],
  [comment, { task_id, body: "late" }],
  [create, { title: "Late" }],
  [link, { parent_id: other, child_id: task_id }],
  [block, { task_id, reason: "late" }],
  [complete, { task_id, summary: "late" }],
];
const answers: Record<string, string> = {};
for (const [operation, input] of writes) {
  answers[operation.name] = await runOp(operation, context, input).then(
    () => "accepted",
    (error) => toHermesError(error).code,
  );
}
await context.close();
await Deno.writeTextFile("answers.part", JSON.stringify(answers));
await Deno.rename("answers.part", "answers.json");
