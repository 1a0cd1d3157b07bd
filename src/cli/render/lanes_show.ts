// Owns: the text of `lanes show`.

import type { LanesShowOutput } from "../../ops/lanes/show.ts";
import { table } from "../table.ts";
import type { Screen } from "../terminal.ts";

export function text(output: LanesShowOutput, screen: Screen): string {
  const { profile, name, lane, file, path, version } = output;
  const said = file === null ? "" : ` (${file})`;
  const first = profile === null ? `Lane ${name}` : `${profile} works on lane ${name}${said}`;
  if (lane === null) return `${first}: the agent inside hermes, set up by config.yaml.`;
  const rows = [
    ["program", path ?? `${lane.command.join(" ")}, which is not on the PATH`],
    ["version", version ?? "unknown"],
    ["arguments", lane.args.join(" ")],
    ["its task", lane.prompt === "stdin" ? "standard input" : lane.prompt],
    ["board tools", lane.tools ? "yes, over MCP" : "no"],
    ["exit 0", lane.on_success === "complete" ? "completes the task" : "must have reported before"],
    ["reminders", String(lane.nudges)],
    ["goes on", lane.resumes ? "a later attempt goes on with its conversation" : "no"],
    ["read", lane.reads.length > 0 ? lane.reads.join(", ") : "the end of its output"],
    ["inherits", lane.inherits.length > 0 ? lane.inherits.join(", ") : "nothing"],
    ...(path === null && lane.install !== "" ? [["get it", lane.install]] : []),
  ];
  return [first, ...table(rows.map((row) => [`  ${row[0]}`, row[1]!]), screen.width)].join("\n");
}
