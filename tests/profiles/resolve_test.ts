import assert from "node:assert/strict";
import { resolveRouting } from "../../src/profiles/resolve.ts";

const names = ["default", "lead", "writer"];

function route(orchestrator: string, assignee: string, active: string) {
  const kanban = { orchestrator_profile: orchestrator, default_assignee: assignee };
  return resolveRouting({ kanban }, names, active);
}

Deno.test("S-141 resolveRouting() takes the configured profiles when they exist", () => {
  assert.deepEqual(route("Lead", "writer", "default"), {
    orchestrator: "lead",
    defaultAssignee: "writer",
  });
});

Deno.test("S-141 resolveRouting() falls back to the active profile, then to default", () => {
  assert.deepEqual(route("", "gone", "writer"), {
    orchestrator: "writer",
    defaultAssignee: "writer",
  });
  assert.deepEqual(route("gone", "", "vanished"), {
    orchestrator: "default",
    defaultAssignee: "default",
  });
});
