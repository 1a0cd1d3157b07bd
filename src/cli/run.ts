// Owns: one command line from its words to its exit status.

import { version } from "../base/version.ts";
import type { CliHost } from "./host.ts";
import { outputOf } from "./output.ts";
import { reportError } from "./report.ts";
import { route } from "./route.ts";

/** Runs a command line; every error is printed here. Returns the exit status. */
export async function runCli(argv: readonly string[], host: CliHost): Promise<number> {
  if (argv[0] === "__complete") {
    const { answerShell } = await import("./completion/answer.ts");
    return await answerShell(argv.slice(1), host);
  }
  if (argv[0] === "lane-fake") return await host.actions.fakeLane(argv.slice(1));
  const routed = route(argv);
  try {
    if (routed.version) {
      outputOf(host).out(`hermes ${version}\n`);
      return 0;
    }
    const { runProgram } = await import("./program.ts");
    return await runProgram(routed, host);
  } catch (thrown) {
    return reportError(thrown, { json: routed.json, host });
  }
}
