// Owns: the choices of the palette's later steps: where to, whom, which board, which look.

import { accepts } from "../../src/kernel/lifecycle/transitions.ts";
import { chooseBoard, chosenBoard } from "../api/board_choice.ts";
import { changeAppearance, type Density, type Theme } from "../design/appearance.ts";
import { densityNames, themeNames } from "../design/use_appearance.ts";
import { statusTitle } from "../format/status_words.ts";
import type { Question } from "./ask.tsx";
import type { Choice, Chosen } from "./choices.ts";
import { changeTasks } from "./task_changes.ts";

const targets = ["triage", "todo", "ready", "running", "blocked", "done", "archived"];

const commands: Readonly<Record<string, Parameters<typeof accepts>[0]>> = {
  running: "claim",
  done: "complete",
  archived: "archive",
  blocked: "block",
};

/** Where the tasks in hand may go, as the lifecycle has it. */
export function moveChoices({ client, tasks }: Chosen): Choice[] {
  const movable = (to: string) =>
    tasks.filter(({ status }) => status !== to && accepts(commands[to] ?? "move", status));
  return targets.filter((to) => movable(to).length > 0).map((to): Choice => ({
    id: `to ${to}`,
    group: "Move",
    words: statusTitle(to),
    detail: movable(to).length < tasks.length ? `${movable(to).length} of ${tasks.length}` : "",
    status: to,
    run() {
      const moving = movable(to);
      const send = (words: { summary?: string; block_reason?: string } = {}) =>
        changeTasks(client, moving, { status: to, ...words });
      const ask = questionOf(to, moving, send);
      if (ask) return { ask };
      void send();
    },
  }));
}

type Send = (words?: { summary?: string; block_reason?: string }) => Promise<void>;

function questionOf(
  to: string,
  tasks: readonly { title: string; status: string }[],
  send: Send,
): Question | null {
  const name = tasks.length === 1 ? `“${tasks[0]!.title}”` : `${tasks.length} tasks`;
  const running = tasks.filter(({ status }) => status === "running").length;
  const stops = running === 0
    ? ""
    : "Its worker is stopped, and what it did in this attempt is not handed over. ";
  if (to === "done") {
    return {
      title: `Complete ${name}?`,
      words: stops,
      field: "What came of it",
      action: "Complete",
      run: (summary) => send(summary === "" ? {} : { summary }),
    };
  }
  if (to === "blocked") {
    return {
      title: `Block ${name}?`,
      words: stops,
      field: "What it waits for",
      action: "Block",
      run: (reason) => send(reason === "" ? {} : { block_reason: reason }),
    };
  }
  if (to === "archived" || (running > 0 && to !== "running")) {
    return {
      title: `${to === "archived" ? "Archive" : "Stop"} ${name}?`,
      words: stops || "It leaves the board. The archive keeps it.",
      action: to === "archived" ? "Archive" : `Stop and move to ${statusTitle(to)}`,
      danger: running > 0,
      run: () => send(),
    };
  }
  return null;
}

/** The profiles, and nobody. */
export function assignChoices({ client, tasks, profiles }: Chosen): Choice[] {
  const assign = (name: string): Choice["run"] => () => {
    const running = tasks.filter(({ status }) => status === "running");
    const send = () =>
      changeTasks(client, tasks, {
        assignee: name,
        ...(running.length > 0 ? { reclaim_first: true } : {}),
      });
    if (running.length === 0) return void send();
    const ask: Question = {
      title: name === "" ? "Take it from everybody?" : `Give it to ${name}?`,
      words: "Somebody works on it now. That attempt ends, and its worker is stopped.",
      action: "Stop and reassign",
      danger: true,
      run: send,
    };
    return { ask };
  };
  const all = (name: string | null) => tasks.every(({ assignee }) => assignee === name);
  return [
    ...profiles.map(({ name, description }): Choice => ({
      id: `@${name}`,
      group: "Assign",
      words: name,
      detail: description,
      icon: "people",
      checked: all(name),
      run: assign(name),
    })),
    {
      id: "@",
      group: "Assign",
      words: "Nobody",
      icon: "minus",
      checked: all(null),
      run: assign(""),
    },
  ];
}

export function boardChoices({ boards }: Chosen): Choice[] {
  return (boards?.boards ?? []).filter(({ archived }) => !archived).map((board): Choice => ({
    id: `board ${board.slug}`,
    group: "Boards",
    words: board.name || board.slug,
    detail: `${board.slug} · ${board.total} task${board.total === 1 ? "" : "s"}`,
    icon: "board",
    checked: board.slug === chosenBoard(),
    run: () => chooseBoard(board.slug),
  }));
}

export function themeChoices({ appearance }: Chosen): Choice[] {
  return [
    ...Object.entries(themeNames).map(([name, words]): Choice => ({
      id: `theme ${name}`,
      group: "Appearance",
      words: `Theme: ${words}`,
      icon: "sun",
      checked: appearance.theme === name,
      run: () => changeAppearance({ theme: name as Theme }),
    })),
    ...Object.entries(densityNames).map(([name, words]): Choice => ({
      id: `density ${name}`,
      group: "Appearance",
      words: `Density: ${words}`,
      icon: "menu",
      checked: appearance.density === name,
      run: () => changeAppearance({ density: name as Density }),
    })),
  ];
}
