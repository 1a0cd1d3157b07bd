// Owns: the text of `init`.

import type { InitOutput } from "../../ops/care/init.ts";

export function text({ board, db, profiles }: InitOutput): string {
  return [
    `Board ${board} is ready: ${db}`,
    `Profiles that tasks can be given to: ${profiles.join(", ")}`,
    "Next: start the gateway, which runs the workers, with: hermes gateway start",
  ].join("\n");
}
