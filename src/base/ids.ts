// Owns: the id port — task ids and random tokens.

/** Where identifiers come from. */
export interface IdSource {
  /** A fresh task id: `t_` and 8 lower-case hex digits. */
  taskId(): string;
  /** `bytes` random bytes as lower-case hex. */
  token(bytes: number): string;
}

/** Ids from the operating system's random source. */
export const randomIds: IdSource = {
  taskId: () => `t_${hex(4)}`,
  token: hex,
};

/** Repeatable ids for tests: `t_00000001`, `t_00000002`, … */
export function countingIds(): IdSource {
  let next = 0;
  return {
    taskId: () => `t_${(++next).toString(16).padStart(8, "0")}`,
    token: (bytes) => (++next).toString(16).padStart(bytes * 2, "0"),
  };
}

/** A number in [0, 1) for jitter; not for secrets. */
export function randomFraction(): number {
  return Math.random();
}

function hex(bytes: number): string {
  const raw = crypto.getRandomValues(new Uint8Array(bytes));
  let text = "";
  for (const byte of raw) text += byte.toString(16).padStart(2, "0");
  return text;
}
