// Owns: `deno task ok`: every gate besides the tests, in about ten seconds.

import { runScript } from "../project.ts";
import { runGates } from "./gates.ts";

await runScript("ok", async () => {
  const results = await runGates(({ name, problems }) => {
    console.log(problems === "" ? `ok      ${name}` : `FAILED  ${name}\n${problems}`);
  });
  return results.every((result) => result.problems === "") ? 0 : 1;
});
