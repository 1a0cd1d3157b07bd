// Owns: who plays in the demo and what they are given to do, as plain data.

/** A profile of the demo's home. */
export interface Member {
  name: string;
  /** What the planner routes by. */
  description: string;
}

/** The team beside `default`, which judges what the others made. */
export const team: readonly Member[] = [
  { name: "researcher", description: "Finds facts and figures and writes them down with care." },
  { name: "writer", description: "Turns notes and results into pages that people like to read." },
  { name: "backend-eng", description: "Writes small programs, scripts and page templates." },
  { name: "reviewer", description: "Tests what others made and says what does not hold." },
  { name: "ops", description: "Runs and measures things: backups, servers, nightly jobs." },
];

/** What the owner of the roots is here for. */
export const orchestratorDescription =
  "Orchestrator: owns ideas that were split, judges the results and closes them.";

/**
 * What a person drops in triage: three ideas whose plans have different shapes — two roads that join, a
 * fan-out of three with a fan-in, and a chain that forks.
 */
export const ideas: readonly string[] = [
  "A small static site about tides",
  "Compare three ways to back up a home server",
  "A command-line unit converter with tests",
];
