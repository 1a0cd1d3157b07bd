// Owns: the board's shape while it is on its way.

import { statusTitle } from "../format/status_words.ts";
import { Skeleton } from "../parts/skeleton.tsx";

const shape: readonly [status: string, cards: number][] = [
  ["triage", 2],
  ["todo", 4],
  ["ready", 3],
  ["running", 2],
  ["blocked", 1],
  ["done", 5],
];

export function BoardSkeleton() {
  return (
    <div className="columns" role="status" aria-label="Loading the board">
      {shape.map(([status, cards]) => (
        <div key={status} className="column">
          <div className="column-head">
            <span className="column-title">{statusTitle(status)}</span>
          </div>
          <div className="column-list">
            {Array.from(
              { length: cards },
              (_, index) => (
                <div key={index} className="card card-skeleton">
                  <Skeleton width="40%" height={10} />
                  <Skeleton width={`${90 - (index * 17) % 40}%`} />
                  <Skeleton width="60%" height={10} />
                </div>
              ),
            )}
          </div>
        </div>
      ))}
    </div>
  );
}
