// Owns: the text of `why`.

import type { WhyOutput } from "../../ops/views/why.ts";
import { type Colour, oneLine, type Screen } from "../terminal.ts";
import { statusIcon, statusWord } from "./words.ts";

const verdictColours: Record<WhyOutput["verdict"], Colour> = {
  finished: "green",
  running: "yellow",
  starting: "blue",
  waiting: "red",
};

export function text(
  { task_id, title, status, verdict, gates, ...rest }: WhyOutput,
  screen: Screen,
): string {
  const heading = `${statusIcon(status, screen)} ${task_id}  ${
    screen.paint("bold", oneLine(title))
  }  (${statusWord(status, screen)})`;
  const verdictLine = `${screen.paint(verdictColours[verdict], verdict)}: ${oneLine(rest.text)}`;
  return [
    heading,
    verdictLine,
    ...rest.notes.map((note) => screen.paint("dim", oneLine(note))),
    ...gates.flatMap((gate) => gateLines(gate, screen)),
  ].join("\n");
}

function gateLines(gate: WhyOutput["gates"][number], screen: Screen): string[] {
  const owner = gate.owner_name === null ? gate.owner : `${gate.owner} ${oneLine(gate.owner_name)}`;
  return [
    "",
    `  ${screen.paint("bold", owner)}  ${oneLine(gate.text)}`,
    `    ${screen.paint("dim", "looked at")} ${gate.next_look}`,
    ...(gate.remedy === null ? [] : [`    ${screen.paint("dim", "remedy   ")} ${gate.remedy}`]),
  ];
}
