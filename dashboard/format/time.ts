// Owns: moments and spans as people say them.

const steps: readonly [unit: string, seconds: number][] = [
  ["y", 31_536_000],
  ["mo", 2_592_000],
  ["d", 86_400],
  ["h", 3_600],
  ["m", 60],
];

/** `3m ago`, `2h ago`; below a minute `just now`. Both in epoch seconds. */
export function ago(moment: number, now: number): string {
  const short = span(Math.max(0, now - moment));
  return short === "" ? "just now" : `${short} ago`;
}

/** Seconds in one unit: `45m`, `3h`, `2d`; "" below a minute. */
export function span(seconds: number): string {
  for (const [unit, size] of steps) {
    if (seconds >= size) return `${Math.floor(seconds / size)}${unit}`;
  }
  return "";
}

/** Seconds of a stopwatch: `0:07`, `12:30`, `1:02:03`. */
export function stopwatch(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
}

/** Date and time in the reader's own form. `moment` in epoch seconds. */
export function dateTime(moment: number): string {
  return new Date(moment * 1000).toLocaleString(undefined, {
    dateStyle: "medium",
    timeStyle: "short",
  });
}
