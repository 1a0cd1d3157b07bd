// Owns: the rooms of the house and who may import whom. Plain data; a new arrow is a commit with a reason.

/** What the files of a room may import. `base` and the room itself are always allowed. */
export interface Room {
  /** Rooms whose values and types may be imported. */
  values: readonly string[];
  /** Rooms of which only types may be imported. */
  types?: readonly string[];
  /**
   * Top-level folders outside `src` whose files are imported: skills as text, and by the start of a
   * source tree the script that builds its dashboard.
   */
  assets?: readonly string[];
}

/**
 * Room → what it may import. A key with a slash is a part of a room, with arrows of its own instead
 * of the room's: the lifecycle decides from values alone.
 */
export const rooms: Readonly<Record<string, Room>> = {
  base: { values: [] },
  platform: { values: [] },
  config: { values: ["platform"] },
  kernel: { values: ["platform"], types: ["config"] },
  "kernel/engine": { values: ["platform"] },
  "kernel/lifecycle": { values: [], types: ["config"] },
  workspace: { values: ["platform", "config"] },
  llm: { values: ["platform", "config"] },
  profiles: { values: ["platform", "config", "llm"], assets: ["skills", "profiles"] },
  lanes: { values: ["config", "platform"] },
  planner: { values: ["kernel", "profiles", "llm", "config"] },
  dispatcher: { values: ["kernel", "workspace", "profiles", "lanes", "config", "platform"] },
  notifier: { values: ["kernel", "config", "platform"] },
  ops: { values: ["kernel", "planner", "dispatcher", "profiles", "lanes", "workspace", "config"] },
  agent: { values: ["ops", "llm", "profiles", "lanes", "workspace", "config", "platform"] },
  cli: { values: ["ops", "config", "platform"] },
  http: { values: ["ops", "config", "platform"] },
  mcp: { values: ["ops", "config", "platform"] },
  rehearsal: { values: ["platform"] },
  app: {
    values: [
      "platform",
      "config",
      "kernel",
      "workspace",
      "llm",
      "profiles",
      "lanes",
      "planner",
      "dispatcher",
      "notifier",
      "ops",
      "agent",
      "cli",
      "http",
      "mcp",
      "rehearsal",
    ],
  },
  main: { values: ["app"], assets: ["scripts"] },
};

/** Files of `src` that run in the browser too: plain data. Of all others the dashboard knows types only. */
export const dashboardData: readonly string[] = [
  "src/kernel/lifecycle/transitions.ts",
  "src/kernel/model/status.ts",
];

/** Files that only some rooms may import, whatever the table says. */
export const reservedFiles: Readonly<Record<string, readonly string[]>> = {
  "src/platform/host_io.ts": ["cli", "app", "main"],
};

/** Built-in modules any room may import; the others are `platform`'s, with the exceptions below. */
export const freeBuiltins: readonly string[] = ["node:path", "node:url", "node:util"];

/** Room → built-in modules only that room (and `platform`) may import. */
export const ownBuiltins: Readonly<Record<string, readonly string[]>> = {
  base: ["node:crypto"],
  "kernel/engine": ["node:sqlite"],
};
