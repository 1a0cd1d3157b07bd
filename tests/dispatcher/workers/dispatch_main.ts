// Owns: a dispatcher as a process of its own. Arguments: home, settings as JSON. Ends on SIGTERM.

import { createLog } from "../../../src/base/log.ts";
import { Dispatcher } from "../../../src/dispatcher/dispatcher.ts";
import { openBoard } from "../../../src/kernel/board.ts";
import { onShutdownSignal } from "../../../src/platform/signals.ts";
import { depsFor, pathsOf, type Settings } from "../deps.ts";

const [home, json] = Deno.args as [string, string];
const settings = JSON.parse(json) as Settings;
const board = await openBoard({ slug: "default", path: pathsOf(home).db, watchMs: 20 });
const log = createLog((level, message) => console.log(`${level} ${message}`));
const dispatcher = new Dispatcher(depsFor(home, board, log, () => settings));
const asked = new Promise((resolve) => onShutdownSignal(resolve));
await dispatcher.start();
console.log("started");
await asked;
await dispatcher.stop();
await board.close();
Deno.exit(0);
