// Owns: `hermes lane-fake` — the stand-in that `lanes test` starts in place of a foreign program.

import { allEnv } from "../platform/env.ts";
import { readStdinText, writeErr, writeOut } from "../platform/host_io.ts";
import { playLane } from "../rehearsal/lane/play.ts";

/** Plays the script that the first word names. Returns the exit status. */
export function fakeLane(words: readonly string[]): Promise<number> {
  return playLane(words, { env: allEnv(), stdin: readStdinText, out: writeOut, err: writeErr });
}
