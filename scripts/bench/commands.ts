// Owns: the lifecycle commands that rows repeat thousands of times.

import type { Command } from "../../src/kernel/lifecycle/commands.ts";

/** A claim as a worker's dispatcher makes it. */
export const claim: Command = {
  type: "claim",
  lock: `bench:${Deno.pid}`,
  ttlSeconds: 900,
  lane: "builtin",
};

/** A completion with a handoff of usual length. */
export const complete: Command = {
  type: "complete",
  result: null,
  summary: "Wrote the page and checked every link; two sources disagree on the second figure.",
  metadata: { files: ["site/index.html", "site/style.css"], checked: true },
};
