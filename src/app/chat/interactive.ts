// Owns: a chat at a terminal: the line, its keys, and leaving.

import { systemClock } from "../../base/clock.ts";
import { createLog } from "../../base/log.ts";
import type { SlashContext } from "../../cli/slash/host.ts";
import { colourful, painter, plainText, speaksUnicode } from "../../cli/terminal.ts";
import {
  type EditorTerminal,
  type LineEditor,
  openLineEditor,
} from "../../platform/line_editor.ts";
import { sleep } from "../../platform/timers.ts";
import { completeChat } from "./complete.ts";
import { Desk, opening } from "./desk.ts";
import { type ChatHome, type ChatRequest, openChat } from "./open.ts";
import { Pastes } from "./pastes.ts";
import { PromptHistory } from "./prompt_history.ts";
import { promptText, TerminalFace } from "./terminal_face.ts";

export interface InteractiveOptions {
  home: Omit<ChatHome, "log">;
  request: ChatRequest;
  /** Takes the terminal over. */
  openTerminal(): EditorTerminal;
  /** Prints before the terminal is taken over and after it was given back. */
  print(text: string): void;
  /** False for `--no-color`. */
  color: boolean;
  /** Hears that this process should end; returns a function that stops listening. */
  onShutdown(handler: (signal: string) => void): () => void;
}

/** Milliseconds that leaving waits for what cannot be interrupted. */
const patienceMs = 2000;

/**
 * Talks at a terminal until the person leaves.
 *
 * @returns the exit status.
 * @throws HermesError when the chat cannot be opened; the terminal is then left alone.
 */
export async function chatAtTerminal(options: InteractiveOptions): Promise<number> {
  const { env } = options.home;
  const color = options.color && colourful(env, true);
  const screen = { paint: painter(color), ascii: !speaksUnicode(env), now: systemClock.now() };
  let face: TerminalFace | null = null;
  const log = createLog((level, message) => {
    const line = `${level}: ${plainText(message)}`;
    if (face) face.note(line);
    else options.print(`${line}\n`);
  }, "warn");
  const home: ChatHome = { ...options.home, log };
  const chat = await openChat(home, options.request);
  const kept = new PromptHistory(chat.paths.profileHome, log);
  const pastes = new Pastes();
  const history = (await kept.load()).map((prompt) => pastes.fold(prompt));
  options.print(`${screen.paint("dim", opening(chat))}\n`);

  const slash: Pick<SlashContext, "columns" | "color"> = {
    columns: () => editor.columns(),
    color,
  };
  const keys = new Keys(pastes);
  const editor: LineEditor = openLineEditor({
    terminal: options.openTerminal(),
    prompt: promptText(chat.paths.profile, false, screen),
    history,
    complete: (line) => {
      const { env, paths } = desk.chat;
      return completeChat(line, paths, { ...slash, env, ports: home.ports });
    },
    onPaste: (text) => pastes.hold(text),
    onLine(line) {
      const said = keys.line(line);
      face?.continueLine(said === null);
      if (said === null) return;
      kept.add(said, desk.chat.session.equipment.secrets);
      desk.take(said);
    },
    onInterrupt(typed) {
      const before = keys.isOpen || typed !== "";
      if (desk.interrupt()) return;
      if (!before && keys.leaves()) return desk.leave();
      keys.drop();
      editor.clear();
      face?.continueLine(false);
      if (!before) face?.note("Ctrl-C again leaves, and so does Ctrl-D.");
    },
    onEnd: () => desk.leave(),
  });
  face = new TerminalFace(editor, screen);
  face.state(chat.paths.profile, false);
  const desk = new Desk({ home, chat, face, slash, atTerminal: true });
  const forget = options.onShutdown((signal) => {
    if (signal !== "SIGINT" || !desk.interrupt()) desk.leave();
  });
  try {
    await leaving(desk);
  } finally {
    forget();
    editor.close();
    face = null;
    await kept.settled();
  }
  const { session, paths } = desk.chat;
  if (session.messages.length > 0) {
    const profile = paths.profile === "default" ? "" : ` -p ${paths.profile}`;
    const again = `Go on with: hermes${profile} chat --resume ${session.id}`;
    options.print(`\n${screen.paint("dim", again)}\n`);
  } else options.print("\n");
  return 0;
}

/** Resolves when the desk is done, or some time after it should have been. */
async function leaving(desk: Desk): Promise<void> {
  const done = new AbortController();
  await desk.left();
  await Promise.race([
    desk.ended().finally(() => done.abort()),
    sleep(patienceMs, done.signal).catch(() => {}),
  ]);
}

/** What keys mean over several lines. */
class Keys {
  readonly #pastes: Pastes;
  #open: string[] = [];
  #asked = false;

  constructor(pastes: Pastes) {
    this.#pastes = pastes;
  }

  /** Whether earlier lines wait for the last one. */
  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** What was said with this line; null when a backslash at its end goes on in the next one. */
  line(line: string): string | null {
    this.#asked = false;
    const goesOn = /(?:^|[^\\])(?:\\\\)*\\$/.test(line);
    this.#open.push(this.#pastes.expand(goesOn ? line.slice(0, -1) : line));
    if (goesOn) return null;
    const said = this.#open.join("\n");
    this.#open = [];
    return said;
  }

  drop(): void {
    this.#open = [];
  }

  /** Whether this is the second time in a row that nothing was there to interrupt. */
  leaves(): boolean {
    const again = this.#asked;
    this.#asked = true;
    return again;
  }
}
