// Owns: a stopwatch for what is under way.

import { useEffect, useState } from "react";
import { stopwatch } from "../format/time.ts";

/** Time since `since`, in epoch seconds; read aloud by those around it, not every second. */
export function LiveDuration({ since }: { since: number }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className="live-duration" aria-hidden="true">
      {stopwatch(Date.now() / 1000 - since)}
    </span>
  );
}
