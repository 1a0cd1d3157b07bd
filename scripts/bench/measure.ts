// Owns: the harness — warming up, taking turns, timing.

/** A body that says itself what one sample is. */
export type Measure = () => Promise<number>;

/**
 * Takes `runs` samples of every measure after `warmups` rounds that do not count. The measures take turns, so
 * that a slow moment of the machine hits all of them and their ratios stay fair.
 */
export async function collect<Name extends string>(
  runs: number,
  measures: Record<Name, Measure>,
  warmups = 1,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(measures) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    number[]
  >;
  for (let round = -warmups; round < runs; round++) {
    for (const name of names) {
      const sample = await measures[name]();
      if (round >= 0) samples[name].push(sample);
    }
  }
  return samples;
}

/** Milliseconds per call of `body`, over `repeat` calls in a row. */
export function timed(body: () => unknown, repeat = 1): Measure {
  return async () =>
    (await milliseconds(async () => {
      for (let call = 0; call < repeat; call++) await body();
    })) / repeat;
}

/** Milliseconds one call of `body` takes. */
export async function milliseconds(body: () => unknown): Promise<number> {
  const started = performance.now();
  await body();
  return performance.now() - started;
}

/** How many of `count` things done by `body` that makes per second. */
export async function ratePerSecond(count: number, body: () => Promise<unknown>): Promise<number> {
  return count / (await milliseconds(body) / 1000);
}

/** Wall time in epoch milliseconds with fractions; comparable between processes of one machine. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}
