// Owns: which node the arrows lead to. Pure.

import type { Point } from "./shape.ts";

const directions: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The nearest node in the direction of an arrow key; null at the edge, and for another key. */
export function neighbourOf(
  key: string,
  from: string,
  places: ReadonlyMap<string, Point>,
): string | null {
  const direction = directions[key];
  const start = places.get(from);
  if (!direction || !start) return null;
  let [best, least] = [null as string | null, Infinity];
  for (const [id, { x, y }] of places) {
    const [dx, dy] = [x - start.x, y - start.y];
    const ahead = dx * direction.x + dy * direction.y;
    if (ahead <= 1) continue;
    const aside = Math.abs(dx * direction.y) + Math.abs(dy * direction.x);
    const far = ahead + 2 * aside;
    if (far < least) [best, least] = [id, far];
  }
  return best;
}
