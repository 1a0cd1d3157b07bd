// Owns: the text of `doctor`.

import { plural } from "../../base/text.ts";
import type { DoctorOutput } from "../../ops/care/doctor.ts";
import { type Colour, oneLine, type Screen } from "../terminal.ts";

type Finding = DoctorOutput["findings"][number];

const colours: Record<Finding["severity"], Colour> = {
  error: "red",
  warning: "yellow",
  info: "blue",
};

export function text(output: DoctorOutput, screen: Screen): string {
  const { board, db, sqlite, dispatched, findings } = output;
  const state = [
    ...sqlite === null ? [] : [`SQLite ${sqlite}`],
    dispatched ? "dispatched by a gateway" : "not dispatched",
  ];
  return [
    `Board ${board}: ${db}`,
    screen.paint("dim", state.join(", ")),
    ...findings.flatMap((each) => ["", ...lines(each, screen)]),
    "",
    verdict(output, screen),
  ].join("\n");
}

/** Trouble that is left is the exit status, so that scripts can ask. */
export function status({ healthy }: DoctorOutput): number {
  return healthy ? 0 : 1;
}

function lines(found: Finding, screen: Screen): string[] {
  const { severity, fixed, check, what, examples, count, remedy } = found;
  const word = fixed ? screen.paint("green", "fixed") : screen.paint(colours[severity], severity);
  const more = count - examples.length;
  return [
    `${word}  ${oneLine(what)}  ${screen.paint("dim", `[${check}]`)}`,
    ...examples.map((example) => `    ${oneLine(example)}`),
    ...examples.length > 0 && more > 0 ? [`    and ${more} more`] : [],
    ...remedy === "" || (fixed && remedy.includes("--fix")) ? [] : [`  ${oneLine(remedy)}`],
  ];
}

function verdict({ findings, healthy }: DoctorOutput, screen: Screen): string {
  const left = findings.filter(({ fixed }) => !fixed);
  const count = (severity: Finding["severity"]) =>
    left.filter((found) => found.severity === severity).length;
  const [errors, warnings] = [count("error"), count("warning")];
  const fixed = findings.length - left.length;
  const repaired = fixed > 0 ? `, ${fixed} put right` : "";
  if (healthy && warnings === 0) return screen.paint("green", `The board is healthy${repaired}`);
  const summary = `${plural(errors, "error")}, ${plural(warnings, "warning")}${repaired}`;
  return screen.paint(healthy ? "yellow" : "red", summary);
}
