// Owns: how long a card may lie in a column before it is marked.

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Seconds in the column, or at work, after which a card is amber, and red. */
const tiers: Readonly<Record<string, readonly [amber: number, red: number]>> = {
  running: [10 * minute, 60 * minute],
  ready: [hour, day],
  todo: [7 * day, 30 * day],
  blocked: [hour, day],
};

export type Staleness = "amber" | "red" | null;

/** Both moments in epoch seconds. */
export function stalenessOf(status: string, since: number, now: number): Staleness {
  const tier = tiers[status];
  if (!tier) return null;
  const age = now - since;
  return age >= tier[1] ? "red" : age >= tier[0] ? "amber" : null;
}
