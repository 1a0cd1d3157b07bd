// Owns: the server's time, going on between its answers.

import { useEffect, useState } from "react";

/** Seconds between two ticks; nothing on a page tells less than a minute apart. */
const tickSeconds = 20;

/**
 * Epoch seconds by the server's clock, in steps, so that what shows an age is drawn again only then.
 * `answered` is the time of the newest answer.
 */
export function useServerNow(answered: number): number {
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    setPassed(0);
    const begun = Date.now();
    const timer = setInterval(
      () => setPassed(Math.round((Date.now() - begun) / 1000)),
      tickSeconds * 1000,
    );
    return () => clearInterval(timer);
  }, [answered]);
  const now = answered + passed;
  return now - now % tickSeconds;
}
