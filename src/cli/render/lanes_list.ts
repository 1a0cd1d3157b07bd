// Owns: the text of `lanes list`.

import type { LanesListOutput } from "../../ops/lanes/list.ts";
import { table } from "../table.ts";
import { oneLine, type Screen } from "../terminal.ts";

export function text({ lanes, problems }: LanesListOutput, screen: Screen): string {
  const rows = lanes.map(({ name, program, installed, version, install, profiles }) => [
    name,
    program ?? "inside hermes",
    installed ? version ?? "installed" : "not installed",
    profiles.length > 0 ? profiles.join(", ") : installed ? "-" : `get it: ${install ?? "?"}`,
  ]);
  const header = ["LANE", "PROGRAM", "VERSION", "PROFILES"];
  const faults = problems.flatMap(({ profile, problem, remedy }) => [
    screen.paint("red", `${profile}: ${oneLine(problem)}`),
    ...(remedy === null ? [] : [`  ${oneLine(remedy)}`]),
  ]);
  const lines = table([header, ...rows], screen.width);
  return [...lines, ...(faults.length > 0 ? ["", ...faults] : [])].join("\n");
}

export function status({ problems }: LanesListOutput): number {
  return problems.length > 0 ? 1 : 0;
}
