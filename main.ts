// Owns: the start of the program from its source tree.

import { main } from "./src/app/main.ts";

await main(Deno.args, {
  async loadAssets() {
    const { loadDashboard } = await import("./scripts/dashboard/build.ts");
    return await loadDashboard((line) => console.error(`hermes: ${line}`));
  },
});
