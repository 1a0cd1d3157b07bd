// Owns: what a job reports about one batch, and a failure as people read it.

/** What a job prints, one line of JSON per batch. */
export interface BatchReport {
  seed: number;
  operations: number;
  /** The shortest sequence that fails; null when none did. */
  failure: { operations: unknown[]; path: string; error: string } | null;
}

/** A failed batch with the command that repeats it; empty for one that passed. */
export function describeFailure({ seed, failure }: BatchReport, longest: number): string {
  if (!failure) return "";
  const { operations, path, error } = failure;
  return [
    `FAILED  ${error}`,
    `after ${operations.length} ${operations.length === 1 ? "operation" : "operations"}:`,
    ...operations.map((operation) => `  ${JSON.stringify(operation)}`),
    `repeat: deno task fuzz --seed ${seed} --path ${path} --longest ${longest}`,
  ].join("\n");
}
