// Owns: what the gateway says while it works — one line per event that matters.

import { firstLine } from "../base/text.ts";
import type { Service } from "../base/service.ts";
import { type Colour, oneLine, type Screen } from "../cli/terminal.ts";
import { fit } from "../cli/table.ts";
import type { Board } from "../kernel/board.ts";
import { getTask } from "../kernel/detail.ts";
import { endOfLog } from "../kernel/feed.ts";
import type { EventView } from "../kernel/views.ts";
import { followEvents } from "../ops/follow.ts";
import { timeOfDay } from "./line_log.ts";

/** Event kind → how it is told. Kinds that are not listed are not told. */
const told: Record<string, { icon: string; word: string; colour: Colour; detail?: string }> = {
  decomposed: { icon: "◇", word: "planned", colour: "magenta" },
  spawned: { icon: "●", word: "started", colour: "yellow" },
  completed: { icon: "✓", word: "completed", colour: "green", detail: "summary" },
  blocked: { icon: "⊘", word: "blocked", colour: "red", detail: "reason" },
  block_loop_detected: { icon: "⊘", word: "blocked again", colour: "red", detail: "reason" },
  crashed: { icon: "✗", word: "crashed", colour: "red" },
  timed_out: { icon: "✗", word: "out of time", colour: "red" },
  protocol_violation: { icon: "✗", word: "no handoff", colour: "red" },
  rate_limited: { icon: "…", word: "rate limited", colour: "yellow" },
  spawn_failed: { icon: "✗", word: "not started", colour: "red", detail: "error" },
  gave_up: { icon: "✗", word: "gave up", colour: "red", detail: "error" },
  reclaimed: { icon: "↺", word: "reclaimed", colour: "yellow" },
};

/** Tells what happens on a board from the moment it is started. */
export class LiveLines implements Service {
  readonly #board: Board;
  readonly #screen: Screen;
  readonly #write: (line: string) => void;
  readonly #label: string;
  #abort = new AbortController();
  #loop: Promise<void> | undefined;

  /** @param label a word in front of each line, such as the board's name; none when empty. */
  constructor(board: Board, screen: Screen, write: (line: string) => void, label = "") {
    this.#board = board;
    this.#screen = screen;
    this.#write = write;
    this.#label = label === "" ? "" : `${label}  `;
  }

  async start(): Promise<void> {
    if (this.#loop) return;
    this.#abort = new AbortController();
    this.#loop = this.#tell(await endOfLog(this.#board), this.#abort.signal);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#loop;
    this.#loop = undefined;
  }

  async #tell(cursor: number, signal: AbortSignal): Promise<void> {
    for await (const event of followEvents(this.#board, { cursor, signal })) {
      const line = await this.#line(event);
      if (line !== null) this.#write(`${timeOfDay()}  ${this.#label}${line}\n`);
    }
  }

  async #line(event: EventView): Promise<string | null> {
    const look = told[event.kind];
    if (!look) return null;
    const task = await getTask(this.#board, event.task_id).catch(() => null);
    const payload = event.payload as Record<string, unknown> | null;
    const detail = look.detail ? firstLine(String(payload?.[look.detail] ?? ""), 200) : null;
    const head = `${look.icon} ${look.word.padEnd(12)}`;
    const words = [
      event.task_id,
      `@${oneLine(task?.assignee ?? "-")}`,
      fit(oneLine(task?.title ?? ""), 48),
      ...(detail ? [`— ${oneLine(detail)}`] : []),
    ].join("  ");
    const room = this.#screen.width - 26 - this.#label.length;
    return `${this.#screen.paint(look.colour, head)}  ${room > 20 ? fit(words, room) : words}`;
  }
}
