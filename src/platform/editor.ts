// Owns: letting a person change a text in the editor of their choice.

import { join } from "node:path";
import { HermesError } from "../base/errors.ts";
import { ioError } from "./io_error.ts";
import { makeTempDir } from "./temp_dir.ts";

/** A text as a person left it. Its file stays until it is discarded. */
export interface EditedText {
  text: string;
  path: string;
  discard(): Promise<void>;
}

/** The parts of the machine that tests replace. */
export interface EditorWorld {
  env: Readonly<Record<string, string | undefined>>;
  isTerminal: boolean;
}

/**
 * Opens `text` in `$VISUAL`, `$EDITOR` or the usual editor of the machine, and waits until it is closed.
 * Null when nobody sits at a terminal.
 *
 * @param name of the file, whose ending tells the editor what it is
 * @throws HermesError `unavailable` when there is no such editor, `refused` when it failed.
 */
export async function editText(
  text: string,
  name: string,
  world: EditorWorld = thisMachine(),
): Promise<EditedText | null> {
  if (!world.isTerminal) return null;
  const command = editorCommand(world.env);
  const folder = await makeTempDir("hermes-edit-");
  const path = join(folder, name);
  const discard = () => Deno.remove(folder, { recursive: true }).catch(() => {});
  try {
    await Deno.writeTextFile(path, text, { mode: 0o600 });
    const { success, code } = await run(command, path);
    if (!success) {
      throw new HermesError(
        "refused",
        `Cannot edit text: editor "${command}" ended with status ${code}`,
        { remedy: "Nothing was changed. Set VISUAL or EDITOR to another editor." },
      );
    }
    return { text: await Deno.readTextFile(path), path, discard };
  } catch (thrown) {
    await discard();
    if (thrown instanceof HermesError) throw thrown;
    throw ioError("edit", "file", path, thrown);
  }
}

/** An editor may be given with arguments, such as `code --wait`; a shell takes them apart. */
async function run(command: string, path: string): Promise<Deno.CommandStatus> {
  const [program, args] = Deno.build.os === "windows"
    ? ["cmd", ["/d", "/c", `${command} "${path}"`]] as const
    : ["sh", ["-c", `${command} "$1"`, "sh", path]] as const;
  try {
    const child = new Deno.Command(program, {
      args: [...args],
      stdin: "inherit",
      stdout: "inherit",
      stderr: "inherit",
    });
    return await child.spawn().status;
  } catch (thrown) {
    throw new HermesError("unavailable", `Cannot start editor "${command}": no ${program}`, {
      remedy: "Set VISUAL or EDITOR to an editor that is installed.",
      cause: thrown,
    });
  }
}

function editorCommand(env: EditorWorld["env"]): string {
  const usual = Deno.build.os === "windows" ? "notepad" : "vi";
  return env["VISUAL"]?.trim() || env["EDITOR"]?.trim() || usual;
}

function thisMachine(): EditorWorld {
  return {
    env: Deno.env.toObject(),
    isTerminal: Deno.stdin.isTerminal() && Deno.stdout.isTerminal(),
  };
}
