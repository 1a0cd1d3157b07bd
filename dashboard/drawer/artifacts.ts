// Owns: the files a task handed over, as its newest completion names them. Pure.

import type { ShowOutput } from "../api/shapes.ts";

export interface Artifact {
  name: string;
  /** Absolute. */
  path: string;
  /** Bytes; null when another program did not tell. */
  size: number | null;
}

export function artifactsOf({ events }: Pick<ShowOutput, "events">): Artifact[] {
  const payload = events.findLast(({ kind }) => kind === "completed")?.payload;
  const listed = typeof payload === "object" && payload !== null && "artifacts" in payload
    ? payload.artifacts
    : null;
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((entry: unknown): Artifact[] => {
    const { name, path, size } = (entry ?? {}) as Record<string, unknown>;
    if (typeof path !== "string") return [];
    return [{
      name: typeof name === "string" ? name : path.split("/").at(-1) ?? path,
      path,
      size: typeof size === "number" ? size : null,
    }];
  });
}
