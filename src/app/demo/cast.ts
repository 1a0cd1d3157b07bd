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

/** An idea as a person drops it in triage. */
export interface Idea {
  title: string;
  body?: string;
}

/**
 * Three ideas of different shapes: a join of two roads, a fan-out of three with a fan-in, and a chain
 * that forks. One worker of the third is told to die on its first attempt, to show what happens then.
 */
export const ideas: readonly Idea[] = [
  { title: "A small static site about tides" },
  { title: "Compare three ways to back up a home server" },
  { title: "A command-line unit converter with tests", body: "rehearse:crash-once" },
];
