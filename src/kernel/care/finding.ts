// Owns: what a check-up of a board says.

/** `error`: work is lost or stands still. `warning`: somebody should look. `info`: good to know. */
export type Severity = "error" | "warning" | "info";

/** One thing that was found. */
export interface Finding {
  /** Name of the check, stable for scripts. */
  check: string;
  severity: Severity;
  /** One sentence without a full stop. */
  what: string;
  /** How often it was found. */
  count: number;
  /** The first few places. */
  examples: string[];
  /** What to do about it; empty where nothing needs to be done. */
  remedy: string;
  /** Whether `doctor --fix` does it. */
  fixable: boolean;
  /** Whether it was put right just now. */
  fixed: boolean;
}

/** Examples shown per finding. */
const maxExamples = 5;

/** A finding of which nothing has been put right. */
export function finding(
  parts:
    & Pick<Finding, "check" | "severity" | "what" | "remedy">
    & Partial<Pick<Finding, "count" | "fixable">>
    & { examples?: readonly string[] },
): Finding {
  const examples = parts.examples ?? [];
  return {
    count: Math.max(1, examples.length),
    fixable: false,
    fixed: false,
    ...parts,
    examples: examples.slice(0, maxExamples),
  };
}
