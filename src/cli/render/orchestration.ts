// Owns: the text of `orchestration` and `set-orchestration`.

import type { OrchestrationOutput } from "../../ops/profiles/orchestration.ts";
import { oneLine, type Screen } from "../terminal.ts";

export function text(it: OrchestrationOutput, screen: Screen): string {
  const chosen = (configured: string, resolved: string) =>
    configured === resolved
      ? resolved
      : configured === ""
      ? `${resolved} (nobody was chosen)`
      : `${resolved} (there is no profile ${oneLine(configured)})`;
  const rows: [string, string][] = [
    ["Plans and judges", chosen(it.orchestrator_profile, it.resolved_orchestrator_profile)],
    ["Gets what nobody fits", chosen(it.default_assignee, it.resolved_default_assignee)],
    ["Triage is split", it.auto_decompose ? "without being asked" : "when somebody asks"],
    [
      "Children start",
      it.auto_promote_children ? "as soon as their parents allow" : "when somebody promotes them",
    ],
    ["Active profile", it.active_profile],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${screen.paint("dim", label.padEnd(width))}  ${value}`)
    .join("\n");
}
