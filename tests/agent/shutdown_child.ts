// Owns: a process that hangs after SIGTERM unless it is ended hard; started by shutdown_test.ts.

import { abortOnShutdown } from "../../src/agent/shutdown.ts";

const { signal, dispose } = abortOnShutdown((code) => Deno.exit(code));
const polite = Deno.args[0] === "polite";
const busy = setInterval(() => {}, 1000);
signal.addEventListener("abort", () => {
  console.log("asked");
  if (!polite) return;
  clearInterval(busy);
  dispose();
});
console.log("ready");
