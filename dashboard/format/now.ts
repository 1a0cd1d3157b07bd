// Owns: this machine's time, going on while a page is open.

import { useEffect, useState } from "react";

/** Epoch seconds, in steps of `stepSeconds`, so that what shows an age is drawn again only then. */
export function useNow(stepSeconds = 20): number {
  const [now, setNow] = useState(() => Math.floor(Date.now() / 1000));
  useEffect(() => {
    const timer = setInterval(() => setNow(Math.floor(Date.now() / 1000)), stepSeconds * 1000);
    return () => clearInterval(timer);
  }, [stepSeconds]);
  return now;
}
