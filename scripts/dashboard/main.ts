// Owns: `deno task dashboard`: builds the dashboard and prints the size of each file.

import { runScript } from "../project.ts";
import { loadDashboard } from "./build.ts";

async function main(): Promise<number> {
  const { files } = await loadDashboard((line) => console.error(line));
  for (const [path, { body, gzip }] of Object.entries(files)) {
    const size = `${(body.length / 1024).toFixed(1)} kB`.padStart(10);
    const small = gzip
      ? `${(gzip.length / 1024).toFixed(1)} kB gzip`.padStart(16)
      : "".padStart(16);
    console.log(`${size}${small}  ${path}`);
  }
  return 0;
}

if (import.meta.main) await runScript("dashboard", main);
