// Owns: what is shown while the model makes a plan.

import { useEffect, useState } from "react";
import { stopwatch } from "../format/time.ts";
import { Skeleton } from "../parts/skeleton.tsx";

/** `since` in milliseconds of the browser's clock. */
export function Thinking({ title, since }: { title: string; since: number }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const tick = () => setSeconds((Date.now() - since) / 1000);
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [since]);
  return (
    <div className="plan-thinking">
      <p role="status">The planner thinks about “{title}”</p>
      <p className="soft">
        {stopwatch(seconds)}{" "}
        — this usually takes less than a minute. You can leave; the plan waits here.
      </p>
      <div className="plan-thinking-nodes" aria-hidden="true">
        {[0, 1, 2, 3].map((index) => <Skeleton key={index} width={200} height={72} />)}
      </div>
    </div>
  );
}
