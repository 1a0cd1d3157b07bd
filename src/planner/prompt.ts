// Owns: the words the models of planner and specifier are given about a task and the team.

import { cut } from "../base/text.ts";
import decomposerPrompt from "./prompts/decomposer.txt" with { type: "text" };
import specifierSystem from "./prompts/specifier.txt" with { type: "text" };

const longestTitle = 400;
const longestBody = 4000;
/** Most characters of a body that is to be rewritten: it is shown whole or not at all. */
export const longestSpecified = 16_000;

/** The part of a task that a model is shown. */
export interface Idea {
  id: string;
  title: string;
  body: string | null;
}

/** What the planner is told. */
export interface PlannerQuestion {
  task: Idea;
  /** Every profile on this machine, described or not. */
  roster: readonly { name: string; description: string }[];
  /** Who takes what fits nobody. */
  defaultAssignee: string;
}

/** The two messages that ask for a plan. Title and body are cut; the roster is whole. */
export function plannerPrompt(question: PlannerQuestion): { system: string; user: string } {
  const { task, roster, defaultAssignee } = question;
  const user = `${ideaPart(task, longestBody)}
ROSTER
${roster.map(rosterLine).join("\n")}

DEFAULT ASSIGNEE
${defaultAssignee}
`;
  return { system: decomposerPrompt, user };
}

/** The two messages that ask for one task's rewrite. Only the title is cut. */
export function specifierPrompt(task: Idea): { system: string; user: string } {
  return { system: specifierSystem, user: ideaPart(task, longestSpecified) };
}

function ideaPart({ id, title, body }: Idea, longest: number): string {
  return `IDEA
id: ${id}
title: ${cut(oneLine(title), longestTitle)}
body:
${cut(body?.trim() ?? "", longest) || "(none: the title is all there is)"}
`;
}

function rosterLine({ name, description }: { name: string; description: string }): string {
  return `- ${name}: ${oneLine(description) || "(undescribed: judge by the name)"}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
