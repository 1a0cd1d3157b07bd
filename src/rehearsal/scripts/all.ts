// Owns: the list of scripted ideas and the choice among them.

import type { ScriptedIdea, ScriptedTask } from "../script.ts";
import { planAnyIdea } from "./any_idea.ts";
import { backupComparison } from "./backup_comparison.ts";
import { tidesSite } from "./tides_site.ts";
import { unitConverter } from "./unit_converter.ts";

const ideas: readonly ScriptedIdea[] = [tidesSite, backupComparison, unitConverter];

/** The script for an idea, chosen by the words of its title; the general plan when none fits. */
export function ideaFor(title: string): ScriptedIdea {
  return ideas.find((idea) => containsWord(title, idea.words)) ?? planAnyIdea(title);
}

/** The scripted task with this title; any other task works by the general plan. */
export function taskFor(title: string): ScriptedTask {
  for (const idea of ideas) {
    const task = idea.tasks.find((candidate) => candidate.title === title);
    if (task) return task;
  }
  return planAnyIdea(title).tasks[0]!;
}

/** Whether `text` contains one of `words` as a whole word, letter case ignored. */
export function containsWord(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return words.some((word) => {
    const pattern = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return new RegExp(`(?<![a-z0-9])${pattern}(?![a-z0-9])`).test(lower);
  });
}
