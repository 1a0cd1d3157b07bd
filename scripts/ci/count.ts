// Owns: counting passed and failed checks from what test runs really reported.

/** Checks that passed and failed. */
export interface Count {
  passed: number;
  failed: number;
}

/** One check that is no test file: a gate, a build, a program that must end with exit code 0. */
export function single(ok: boolean): Count {
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

export function sum(counts: readonly Count[]): Count {
  return counts.reduce(
    (total, count) => ({
      passed: total.passed + count.passed,
      failed: total.failed + count.failed,
    }),
    { passed: 0, failed: 0 },
  );
}

/**
 * Counts a JUnit report of `deno test`. A run that left no report (`null`), or that ended with an
 * exit code although its report shows no failure, has at least one failure.
 */
export function countTestRun(exitCode: number, report: string | null): Count {
  const total = { passed: 0, failed: 0 };
  for (const [suite] of (report ?? "").matchAll(/<testsuite\s[^>]*>/g)) {
    const failed = attribute(suite, "failures") + attribute(suite, "errors");
    total.failed += failed;
    total.passed += attribute(suite, "tests") - attribute(suite, "disabled") - failed;
  }
  const unexplained = total.failed === 0 && (exitCode !== 0 || report === null);
  return unexplained ? { ...total, failed: 1 } : total;
}

/** Names of the tests that failed, without their steps, as a JUnit report of `deno test` has them. */
export function failedTests(report: string): string[] {
  const names = new Set<string>();
  for (
    const [, name, rest] of report.matchAll(/<testcase name="([^"]*)"[^>]*>([^]*?)<\/testcase>/g)
  ) {
    if (/<(?:failure|error)\b/.test(rest!)) names.add(unescapeXml(name!).split(" > ")[0]!);
  }
  return [...names];
}

/** A `--filter` of `deno test` that lets these tests through and no others. */
export function filterFor(names: readonly string[]): string {
  const exact = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return `/^(?:${exact.join("|")})$/`;
}

function unescapeXml(text: string): string {
  const signs: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => signs[name]!)
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}

function attribute(element: string, name: string): number {
  return Number(new RegExp(`\\s${name}="(\\d+)"`).exec(element)?.[1] ?? 0);
}
