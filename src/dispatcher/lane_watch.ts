// Owns: telling the operator once that what a profile says about its worker cannot be used.

import type { Log } from "../base/log.ts";

/** Remembers what was told. */
export class LaneWatch {
  #told: ReadonlyMap<string, string> = new Map();

  /** Notes what one pass found, profile → reason; only what is new is logged. */
  note(badLanes: ReadonlyMap<string, string>, log: Log): void {
    for (const [profile, reason] of badLanes) {
      if (this.#told.get(profile) === reason) continue;
      log.warn("tasks of a profile wait: its worker is not set up", { profile, reason });
    }
    this.#told = badLanes;
  }
}
