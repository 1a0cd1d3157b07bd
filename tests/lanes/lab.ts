// Owns: a board with a real dispatcher and real supervisors, where agent programs are played by the stand-ins of this folder.

import { join } from "node:path";
import { programCommand } from "../harness/program.ts";
import { inWorld as inDispatcherWorld, type World } from "../dispatcher/world.ts";

/** What a stand-in wrote down about how it was started. */
export interface FakeNote {
  program: string;
  args: string[];
  prompt: string;
  cwd: string;
  hermes: Record<string, string>;
}

export interface Lab extends World {
  /** Sets what `ada` works with: the text of her profile.yaml. */
  worker(yaml: string): Promise<void>;
  /** What the stand-ins wrote down, oldest first. */
  notes(): Promise<FakeNote[]>;
}

const fakes = new URL("./fakes/", import.meta.url).pathname;

/** Runs `body` in a home of its own whose PATH has `claude`, `codex`, `gemini` and `opencode`. */
export function inLab(
  body: (lab: Lab) => Promise<void>,
  options: { mode?: string; kanban?: Parameters<typeof inDispatcherWorld>[1] } = {},
): Promise<void> {
  return inDispatcherWorld(async (world) => {
    const bin = join(world.home, "bin");
    await Deno.mkdir(bin);
    for (const name of ["claude", "codex", "gemini", "opencode"]) {
      const line = `exec "${Deno.execPath()}" run -A --quiet "${fakes}${name}.ts" "$@"`;
      await Deno.writeTextFile(join(bin, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
    }
    const profile = join(world.home, "profiles", "ada");
    await Deno.mkdir(profile, { recursive: true });
    await Deno.writeTextFile(join(profile, "config.yaml"), "");
    const notes = join(world.home, "notes.jsonl");
    const variables = {
      FAKE_NOTES: notes,
      SOME_API_KEY: "an-api-key-nobody-may-read",
      ...(options.mode === undefined ? {} : { FAKE_MODE: options.mode }),
    };
    const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
    await Deno.writeTextFile(join(profile, ".env"), lines.join(""));
    const environment = {
      ...world.deps.environment(),
      PATH: `${bin}:${Deno.env.get("PATH")}`,
      DENO_DIR: Deno.env.get("DENO_DIR") ?? join(Deno.env.get("HOME") ?? "", ".cache", "deno"),
    };
    world.deps.environment = () => environment;
    world.settings.command = programCommand();
    await body(Object.assign(world, {
      async worker(yaml: string) {
        await Deno.writeTextFile(join(profile, "profile.yaml"), yaml);
      },
      async notes() {
        const text = await Deno.readTextFile(notes).catch(() => "");
        return text.split("\n").filter(Boolean).map((line) => JSON.parse(line) as FakeNote);
      },
    }));
  }, options.kanban);
}
