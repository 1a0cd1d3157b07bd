// Owns: a process that restores one backup after the other until it is ended, and says so each time.

import { restore } from "../../../src/kernel/care/backup.ts";

const [path, first, second] = Deno.args as [string, string, string];
for (let now = 1;; now++) {
  console.log(now);
  await restore(path, now % 2 === 0 ? first : second, { now });
}
