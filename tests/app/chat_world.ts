// Owns: a home with a scripted model, in which chats are opened as the program does.

import { join } from "node:path";
import { systemClock } from "../../src/base/clock.ts";
import { createLog } from "../../src/base/log.ts";
import { hostPorts } from "../../src/app/host_ports.ts";
import type { ChatHome } from "../../src/app/chat/open.ts";
import { type ChatModel, type ScriptedTurn, startChatModel } from "./chat_model.ts";

export interface ChatWorld {
  home: string;
  /** Folder the tools work in. */
  work: string;
  model: ChatModel;
  chats: ChatHome;
  /** What was logged as a warning. */
  warnings: string[];
  write(name: string, text: string): Promise<void>;
}

/** Runs `body` in a fresh home; nothing is left of it. `agent` is a setting of that section. */
export async function inChatWorld(
  turns: ScriptedTurn[],
  body: (world: ChatWorld) => Promise<void>,
  agent = "max_turns: 60",
): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "hermes chat " }));
  const [home, work] = [join(folder, "home"), join(folder, "work")];
  const model = startChatModel(turns);
  const warnings: string[] = [];
  const write = async (name: string, text: string) => {
    const path = join(home, name);
    await Deno.mkdir(join(path, ".."), { recursive: true });
    await Deno.writeTextFile(path, text);
  };
  try {
    await Deno.mkdir(work);
    const endpoint = `model: {provider: custom, default: first, base_url: "${model.url}"}\n`;
    await write("config.yaml", `${endpoint}agent: {max_retries: 0, ${agent}}\n`);
    const env = { HERMES_HOME: home, HOME: folder, PATH: Deno.env.get("PATH") ?? "" };
    const chats: ChatHome = {
      env,
      ports: hostPorts,
      workingDir: work,
      skills: [],
      clock: systemClock,
      log: createLog((_level, message) => warnings.push(message), "warn"),
    };
    await body({ home, work, model, chats, warnings, write });
  } finally {
    await model.stop();
    await Deno.remove(folder, { recursive: true });
  }
}

/** Polls until `condition` holds. */
export async function eventually(what: string, condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`gave up waiting: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
