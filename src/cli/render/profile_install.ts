// Owns: the text of `profile install`.

import type { ProfileInstallOutput } from "../../ops/profiles/install.ts";
import { table } from "../table.ts";
import { oneLine, type Screen } from "../terminal.ts";

export function text(output: ProfileInstallOutput, screen: Screen): string {
  const { installed, skipped, templates } = output;
  if (templates.length > 0) {
    const rows = templates.map((it) => [
      it.name,
      it.installed ? screen.paint("dim", "installed") : "",
      it.toolsets.join(", "),
      oneLine(it.description),
    ]);
    return table(rows, screen.width).join("\n");
  }
  const lines = installed.map(({ name, home }) => `Installed profile ${name}  (${home})`);
  lines.push(...skipped.map((name) => `Profile ${name} is there already`));
  if (installed.some(({ name }) => name === "orchestrator")) {
    lines.push(
      "Let it plan with: hermes kanban set-orchestration --orchestrator orchestrator",
    );
  }
  return lines.join("\n");
}
