// Owns: the start of the program.

import { main } from "./src/app/main.ts";

await main(Deno.args);
