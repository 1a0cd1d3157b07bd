// Owns: every command of the palette, as a table made from what is there at the moment.

import type { QueryClient } from "@tanstack/react-query";
import { accepts } from "../../src/kernel/lifecycle/transitions.ts";
import type { KnownTask } from "../api/known_tasks.ts";
import type { Boards, Profile } from "../api/shapes.ts";
import type { useAppearance } from "../design/use_appearance.ts";
import type { IconName } from "../parts/icon.tsx";
import { showError, showToast } from "../parts/toast_store.ts";
import {
  editOpenTitle,
  flipOrchestration,
  nudgeDispatcher,
  refreshAll,
  undoLastAction,
} from "../shortcuts/acts.ts";
import { showOverlay, type Step } from "../shortcuts/overlay.ts";
import { hrefOf, pages } from "../shell/pages.ts";
import { taskHref } from "../shell/place.ts";
import type { Question } from "./ask.tsx";
import { boardChoices, themeChoices } from "./steps.ts";
import { captureIdea, changeTasks, planIdea } from "./task_changes.ts";

/** Something one can choose. */
export interface Choice {
  /** Unlike that of any other. */
  id: string;
  group: string;
  words: string;
  detail?: string;
  also?: string;
  icon?: IconName;
  status?: string;
  keys?: string;
  checked?: boolean;
  /** Only found by typing. */
  hidden?: boolean;
  /** What the palette does next; it closes unless told otherwise. */
  run(): { step?: Step; ask?: Question } | void;
}

/** What choices are made from. */
export interface Chosen {
  client: QueryClient;
  /** Tasks in hand. */
  ids: readonly string[];
  tasks: readonly KnownTask[];
  open: string | null;
  path: string;
  navigate(href: string): void;
  openTask(id: string): void;
  boards: Boards | undefined;
  profiles: readonly Profile[];
  auto: boolean;
  appearance: ReturnType<typeof useAppearance>;
}

export function rootChoices(chosen: Chosen): Choice[] {
  return [
    ...taskChoices(chosen),
    ...makeChoices(chosen),
    ...boardActs(chosen),
    ...pageChoices(chosen),
    ...settingsChoices(chosen),
    ...boardChoices(chosen).map((choice) => ({
      ...choice,
      words: `Switch to ${choice.words}`,
      hidden: true,
    })),
    ...themeChoices(chosen).map((choice) => ({ ...choice, hidden: true })),
  ];
}

function taskChoices(chosen: Chosen): Choice[] {
  const { client, ids, tasks, open, openTask, navigate, auto } = chosen;
  const [only] = tasks;
  if (!only) return [];
  const group = "Task";
  const about = tasks.length === 1 ? only.title : `${tasks.length} tasks`;
  const choices: Choice[] = [
    {
      id: "move",
      group,
      words: "Move to…",
      detail: about,
      icon: "arrowRight",
      keys: "m",
      run: () => ({ step: { kind: "move", ids } }),
    },
    {
      id: "assign",
      group,
      words: "Assign to…",
      detail: about,
      icon: "people",
      keys: "a",
      run: () => ({ step: { kind: "assign", ids } }),
    },
  ];
  if (tasks.some(({ status }) => accepts("unblock", status))) {
    choices.push({
      id: "unblock",
      group,
      words: "Unblock",
      detail: about,
      icon: "play",
      run: () => void changeTasks(client, tasks, { status: "ready" }),
    });
  }
  if (tasks.length > 1) return choices;
  const { id, status } = only;
  if (open === null) {
    choices.unshift({
      id: "open",
      group,
      words: "Open",
      detail: about,
      icon: "external",
      keys: "Enter",
      run: () => openTask(id),
    });
  }
  choices.push({
    id: "edit",
    group,
    words: "Edit the title",
    icon: "edit",
    keys: "e",
    run() {
      if (open === null) openTask(id);
      // The palette closes first, else the drawer does not get the focus.
      setTimeout(editOpenTitle);
    },
  });
  if (status === "triage") {
    choices.push({
      id: "decompose",
      group,
      words: "Decompose into tasks",
      icon: "split",
      run: () =>
        auto ? void planIdea(client, only, "decompose") : navigate(
          `/plan/${encodeURIComponent(id)}?ask=1`,
        ),
    }, {
      id: "specify",
      group,
      words: "Specify as one clear task",
      icon: "sparkle",
      run: () => void planIdea(client, only, "specify"),
    });
  }
  choices.push({
    id: "graph of task",
    group,
    words: "Show its graph",
    icon: "graph",
    run: () => navigate(`/graph/${encodeURIComponent(id)}`),
  }, {
    id: "copy link",
    group,
    words: "Copy a link to it",
    icon: "link",
    run: () => copy(new URL(taskHref(id), location.href).href, "Link copied"),
  }, {
    id: "copy id",
    group,
    words: "Copy its number",
    icon: "copy",
    run: () => copy(id, "Number copied"),
  });
  return choices;
}

function makeChoices({ navigate }: Chosen): Choice[] {
  const go = (href: string) => () => navigate(href);
  const group = "Make";
  return [
    {
      id: "new",
      group,
      words: "New task",
      also: "create add",
      icon: "plus",
      keys: "c",
      run: go("/?new=ready"),
    },
    {
      id: "idea",
      group,
      words: "New idea in Triage",
      also: "create add",
      icon: "sparkle",
      run: go("/?new=triage"),
    },
    {
      id: "new board",
      group,
      words: "New board",
      also: "create add",
      icon: "board",
      hidden: true,
      run: go("/settings/boards?new=1"),
    },
    {
      id: "new profile",
      group,
      words: "New profile",
      also: "create add agent install template team",
      icon: "people",
      hidden: true,
      run: go("/settings/profiles"),
    },
  ];
}

/** What was typed, put into Triage. */
export function ideaChoice({ client, openTask }: Chosen, title: string): Choice {
  return {
    id: "typed idea",
    group: "Make",
    words: `Put “${title}” into Triage`,
    icon: "sparkle",
    run: () => void captureIdea(client, title, openTask),
  };
}

function boardActs({ client, auto }: Chosen): Choice[] {
  const group = "Board";
  return [
    {
      id: "undo",
      group,
      words: "Undo the last action",
      icon: "undo",
      keys: "u",
      run: () => void undoLastAction(client),
    },
    {
      id: "nudge",
      group,
      words: "Nudge dispatcher",
      also: "start ready",
      icon: "bolt",
      run: () => void nudgeDispatcher(client),
    },
    {
      id: "orchestration",
      group,
      words: `Orchestration: switch to ${auto ? "Manual" : "Auto"}`,
      also: "toggle",
      icon: "split",
      run: () => void flipOrchestration(client),
    },
    {
      id: "switch board",
      group,
      words: "Switch board…",
      icon: "board",
      run: () => ({ step: { kind: "board" } }),
    },
    {
      id: "refresh",
      group,
      words: "Refresh everything",
      also: "reload",
      icon: "refresh",
      hidden: true,
      run: () => refreshAll(client),
    },
  ];
}

function pageChoices({ navigate, path }: Chosen): Choice[] {
  return pages.filter((page) => page.icon).map((page): Choice => ({
    id: `page ${page.path}`,
    group: "Go to",
    words: page.name,
    also: "go to open page",
    icon: page.icon,
    keys: page.keys,
    checked: path === hrefOf(page),
    run: () => navigate(hrefOf(page)),
  }));
}

function settingsChoices({ navigate }: Chosen): Choice[] {
  const parts: [part: string, words: string, icon: IconName][] = [
    ["orchestration", "Orchestration settings", "settings"],
    ["profiles", "Profiles", "people"],
    ["boards", "Boards", "board"],
    ["appearance", "Appearance", "sun"],
    ["notifications", "Notifications", "bell"],
  ];
  return [
    ...parts.map(([part, words, icon]): Choice => ({
      id: `settings ${part}`,
      group: "Settings",
      words,
      also: "settings preferences",
      icon,
      hidden: true,
      run: () => navigate(`/settings/${part}`),
    })),
    {
      id: "theme",
      group: "Help",
      words: "Theme and density…",
      also: "dark light contrast appearance compact",
      icon: "sun",
      run: () => ({ step: { kind: "theme" } }),
    },
    {
      id: "keys",
      group: "Help",
      words: "Keyboard shortcuts",
      icon: "help",
      keys: "?",
      // After the palette is gone, for it closes what is open.
      run: () => void setTimeout(() => showOverlay({ kind: "sheet" })),
    },
    {
      id: "welcome",
      group: "Help",
      words: "First steps",
      also: "welcome model connect demo help",
      icon: "play",
      run: () => navigate("/welcome"),
    },
  ];
}

function copy(text: string, said: string): void {
  navigator.clipboard.writeText(text).then(
    () => showToast({ text: said, tone: "good" }),
    (error) => showError("Cannot copy", error),
  );
}
