// Owns: staying at the end of something that grows, until somebody scrolls up.

import { useCallback, useLayoutEffect, useRef, useState } from "react";

/** Closer to the end than this many px counts as at the end. */
const nearPx = 24;

/** Follows the end of the element `ref` while `stamp` changes; scrolling up pauses, `toEnd` goes on. */
export function useFollowScroll(stamp: unknown) {
  const ref = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  const toEnd = useCallback(() => {
    const element = ref.current;
    if (element) element.scrollTop = element.scrollHeight;
    setFollowing(true);
  }, []);
  useLayoutEffect(() => {
    if (following) toEnd();
  }, [stamp, following, toEnd]);
  const onScroll = useCallback(() => {
    const element = ref.current;
    if (!element) return;
    setFollowing(element.scrollHeight - element.scrollTop - element.clientHeight < nearPx);
  }, []);
  return { ref, following, toEnd, onScroll };
}
