// Owns: the text of `lanes test`.

import { plural } from "../../base/text.ts";
import type { LanesTestOutput } from "../../ops/lanes/test.ts";
import { table } from "../table.ts";
import { oneLine, type Screen } from "../terminal.ts";

export function text(output: LanesTestOutput, screen: Screen): string {
  const { lane, program, path, version, scenarios } = output;
  const there = path === null
    ? `The program "${program}" is not on the PATH.`
    : `The program is ${path}${version === null ? "" : `, ${version}`}.`;
  const rows = scenarios.map(({ scenario, got, passed, problems, milliseconds }) => [
    passed ? screen.paint("green", "ok") : screen.paint("red", "FAIL"),
    scenario,
    `${(milliseconds / 1000).toFixed(1)} s`,
    [got, ...problems.map(oneLine)].join("; "),
  ]);
  const failed = scenarios.filter(({ passed }) => !passed).length;
  return [
    `Lane ${lane}. ${there}`,
    "In its place ran a stand-in that speaks as the lane expects; it cost nothing. Dispatcher, supervisor,",
    "board and board tools were real, each time in a home of their own.",
    "",
    ...table([["", "SCENARIO", "TIME", "WHAT CAME OF IT"], ...rows], screen.width),
    "",
    failed === 0
      ? `${plural(scenarios.length, "scenario")}, all as they should be.`
      : `${failed} of ${plural(scenarios.length, "scenario")} went wrong.`,
  ].join("\n");
}

export function status({ passed }: LanesTestOutput): number {
  return passed ? 0 : 1;
}
