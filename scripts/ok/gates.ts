// Owns: the gates a change passes besides its tests, and running all of them.

import { runProgram } from "../command.ts";
import { projectRoot } from "../project.ts";
import { readTree, treeChecks } from "../structure/tree.ts";

/** One gate and what it had to say; empty `problems` = passed. */
export interface GateResult {
  name: string;
  problems: string;
}

const programs: readonly { name: string; args: string[] }[] = [
  { name: "format (deno fmt mends it)", args: ["fmt", "--check"] },
  { name: "lint, and the structure of each file", args: ["lint", "--quiet"] },
  { name: "types", args: ["check", "--quiet", "."] },
];

/** Runs every gate, also after one failed; `report` hears of each as it ends. */
export async function runGates(report: (result: GateResult) => void): Promise<GateResult[]> {
  const results: GateResult[] = [];
  const add = (result: GateResult) => {
    results.push(result);
    report(result);
  };
  const tree = await readTree(projectRoot);
  for (const check of treeChecks) {
    add({ name: check.name, problems: check.find(tree).join("\n") });
  }
  for (const { name, args } of programs) {
    const result = await runProgram([Deno.execPath(), ...args], { cwd: projectRoot });
    const output = `${result.stdout}${result.stderr}`.trim();
    add({ name, problems: result.code === 0 ? "" : output || `exit code ${result.code}` });
  }
  return results;
}
