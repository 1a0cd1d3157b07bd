// Owns: running a chat: what is said goes to the model in turn, commands on the board go at once.

import { listSessions } from "../../agent/chat/session_list.ts";
import { sessionsDir } from "../../agent/chat/session_file.ts";
import { equip } from "../../agent/equipment.ts";
import { HermesError, toHermesError } from "../../base/errors.ts";
import type { SlashContext } from "../../cli/slash/host.ts";
import { runSlash } from "../../cli/slash/run.ts";
import { plural } from "../../base/text.ts";
import { exitStatus } from "../../cli/report.ts";
import { plainText } from "../../cli/terminal.ts";
import { profileNames } from "../../profiles/roster.ts";
import { type ChatCommand, helpText, readTyped } from "./commands.ts";
import type { Face } from "./face.ts";
import { type ChatHome, type ChatRequest, type OpenChat, openChat } from "./open.ts";
import { historyText, sessionsText, usageText } from "./replies.ts";

/** How a chat is run. */
export interface DeskOptions {
  home: ChatHome;
  chat: OpenChat;
  face: Face;
  /** How answers of the board are shown. */
  slash: Pick<SlashContext, "columns" | "color">;
  /** Lines are edited at a terminal: leaving does not wait for answers. */
  atTerminal: boolean;
}

/** Exit status of a chat that was interrupted. */
const interrupted = 130;

/** One person's place at a chat. */
export class Desk {
  readonly #options: DeskOptions;
  readonly #ended = Promise.withResolvers<void>();
  readonly #left = Promise.withResolvers<void>();
  readonly #pending = new Set<Promise<void>>();
  readonly #commands = new Set<AbortController>();
  #chat: OpenChat;
  #board = Promise.resolve();
  #queue: Array<() => Promise<void>> = [];
  #running = false;
  #finishing = false;
  #over = false;
  #turn: AbortController | null = null;
  #status = 0;
  #model: string | undefined;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#chat = options.chat;
  }

  get chat(): OpenChat {
    return this.#chat;
  }

  /** Whether something is being done or waits to be. */
  get busy(): boolean {
    return this.#running || this.#pending.size > 0;
  }

  /** Takes what a person said. Returns at once. */
  take(line: string): void {
    if (this.#over || line.trim() === "") return;
    const typed = readTyped(line);
    if (typed.kind === "prompt") return this.#enqueue(() => this.#say(typed.text));
    if (typed.kind === "unknown") {
      const hint = typed.close ? `Did you mean /${typed.close}? ` : "";
      return this.#options.face.fail(
        `hermes: Cannot run "/${typed.word}": unknown command\n` +
          `${hint}All commands: /help. To say it to the model, begin with a blank.`,
      );
    }
    const { command, rest } = typed;
    if (command.name === "quit" && this.#options.atTerminal) return this.leave();
    const run = () => this.#guard(() => this.#command(command, rest));
    // A script expects its lines to be answered in their order; only the board does not wait for the model.
    const waits = command.when === "after" ||
      (!this.#options.atTerminal && command.name !== "kanban");
    if (waits) return this.#enqueue(run);
    // Commands on the board are answered in their order, too.
    const started = command.name === "kanban" ? this.#board = this.#board.then(run) : run();
    const work: Promise<void> = started.finally(() => {
      this.#pending.delete(work);
      this.#endIfDone();
    });
    this.#pending.add(work);
  }

  /** Ends what is being done; false when nothing is. */
  interrupt(): boolean {
    const controllers = this.#turn ? [this.#turn] : [...this.#commands];
    if (this.#turn && this.#queue.length > 0) {
      this.#options.face.note(`${plural(this.#queue.length, "line")} not said.`);
      this.#queue = [];
    }
    for (const controller of controllers) controller.abort();
    // What cannot be ended is waited for; the next time the person means to leave.
    if (!this.#turn) this.#commands.clear();
    return controllers.length > 0;
  }

  /** There is nothing more to take: ends when all is done. */
  finish(): void {
    this.#finishing = true;
    this.#endIfDone();
  }

  /** Ends at once. */
  leave(): void {
    this.#over = true;
    this.#queue = [];
    this.#left.resolve();
    this.#turn?.abort();
    for (const controller of this.#commands) controller.abort();
    this.finish();
  }

  /** Resolves when the person has left; what was being done may still be ending. */
  left(): Promise<void> {
    return this.#left.promise;
  }

  /** Resolves with the exit status when the chat is over. */
  async ended(): Promise<number> {
    await this.#ended.promise;
    await this.#chat.close();
    return this.#status;
  }

  #enqueue(job: () => Promise<void>): void {
    this.#queue.push(job);
    if (this.#running && this.#options.atTerminal) this.#options.face.note("Comes next.");
    if (!this.#running) void this.#work();
  }

  async #work(): Promise<void> {
    this.#running = true;
    for (let job = this.#queue.shift(); job; job = this.#queue.shift()) await job();
    this.#running = false;
    this.#endIfDone();
  }

  #endIfDone(): void {
    if (!this.#finishing || this.busy) return;
    this.#over = true;
    this.#left.resolve();
    this.#ended.resolve();
  }

  async #say(text: string): Promise<void> {
    const { face, home } = this.#options;
    const { session } = this.#chat;
    const turn = this.#turn = new AbortController();
    const name = session.equipment.profile;
    face.state(name, true);
    await this.#guard(async () => {
      const end = await session.turn(text, {
        onText: (piece) => face.say(piece),
        onRestart() {
          face.endMessage();
          face.note("The answer broke off; it comes again.");
        },
        onStart: (tool) => face.state(name, true, tool),
        onCall(call) {
          face.call(call);
          face.state(name, true);
        },
      }, turn.signal);
      face.endMessage();
      this.#status = { answered: 0, interrupted, turn_limit: 1 }[end.reason];
      if (end.reason === "interrupted") face.note("Interrupted.");
      if (end.reason === "turn_limit") {
        home.log.warn("stopped at the limit of model replies per prompt, agent.max_turns");
      }
      if (end.reason === "answered" && end.text === "") face.note("(no answer)");
    });
    this.#turn = null;
    face.state(name, false);
  }

  /** What goes wrong is told; the chat goes on. */
  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      const { code, message, remedy } = toHermesError(thrown);
      this.#status = exitStatus(code);
      const lines = [`hermes: ${message}`, ...(remedy ? [remedy] : [])];
      this.#options.face.fail(plainText(lines.join("\n")));
    }
  }

  async #command(command: ChatCommand, rest: string): Promise<void> {
    const { face, home } = this.#options;
    const { session, paths } = this.#chat;
    switch (command.name) {
      case "help":
        return face.show(helpText(this.#options.atTerminal));
      case "kanban":
        return await this.#kanban(rest);
      case "model":
        return await this.#useModel(rest);
      case "profile":
        return await this.#useProfile(rest);
      case "new":
        return await this.#change({ profile: paths.profile, model: this.#model });
      case "resume":
        return await this.#change({ profile: paths.profile, resume: rest, except: session.id });
      case "sessions": {
        const sessions = await listSessions(sessionsDir(paths.profileHome));
        return face.show(sessionsText(sessions, home.clock.now(), face.width()));
      }
      case "history":
        return face.show(historyText(session.messages, face.width()));
      case "usage":
        return face.show(usageText(session.usage));
      case "quit":
        return this.leave();
      default:
        throw new HermesError("internal", `Cannot run "/${command.name}": nobody knows how`);
    }
  }

  async #kanban(rest: string): Promise<void> {
    const { face, home, slash } = this.#options;
    const stop = new AbortController();
    this.#commands.add(stop);
    try {
      const { env } = this.#chat;
      const context = { ...slash, env, ports: home.ports, log: home.log, signal: stop.signal };
      face.show(await runSlash(rest, context));
    } finally {
      this.#commands.delete(stop);
    }
  }

  async #useModel(name: string): Promise<void> {
    const { face, home } = this.#options;
    const { session, paths, env } = this.#chat;
    if (name !== "") {
      const { log, skills } = home;
      session.useModel(await equip({ paths, env, skills, model: name, log }));
      this.#model = name;
    }
    const { model, provider, baseUrl } = session.equipment.settings;
    face.show(`${model} (${provider}, ${baseUrl})`);
  }

  async #useProfile(name: string): Promise<void> {
    const { face } = this.#options;
    const { paths } = this.#chat;
    if (name !== "") {
      this.#model = undefined;
      return await this.#change({ profile: name });
    }
    const names = await profileNames(paths);
    face.show(names.map((each) => `${each === paths.profile ? "*" : " "} ${each}`).join("\n"));
  }

  /** Goes over to another chat. The one before stays as it is when that does not work. */
  async #change(request: ChatRequest): Promise<void> {
    const { face, home } = this.#options;
    const before = this.#chat;
    // The board is that of this place, whoever is talked to; an earlier chat brings its own.
    const board = request.resume === undefined ? before.paths.board : undefined;
    this.#chat = await openChat(home, { board, ...request });
    const { session, paths, resumed } = this.#chat;
    face.state(paths.profile, false);
    const { length } = before.session.messages;
    if (length > 0) face.note(`The chat before is ${before.session.id}.`);
    face.note(opening(this.#chat));
    if (resumed) face.show(historyText(session.messages.slice(-6), face.width()));
    await before.close();
  }
}

/** Whom one talks to, with which model and board. */
export function opening({ session, paths, resumed }: OpenChat): string {
  const { model } = session.equipment.settings;
  const chat = resumed ? `going on with chat ${session.id}` : "a new chat";
  return `${paths.profile}, ${model}, board ${paths.board}: ${chat}. /help tells the commands.`;
}
