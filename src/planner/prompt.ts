// Owns: the words the planner's model is given about a task and the team.

import { cut } from "../base/text.ts";
import systemPrompt from "./prompts/decomposer.txt" with { type: "text" };

const longestTitle = 400;
const longestBody = 4000;

/** What the planner is told. */
export interface PlannerQuestion {
  task: { id: string; title: string; body: string | null };
  /** Every profile on this machine, described or not. */
  roster: readonly { name: string; description: string }[];
  /** Who takes what fits nobody. */
  defaultAssignee: string;
}

/** The two messages that ask for a plan. Title and body are cut; the roster is whole. */
export function plannerPrompt(question: PlannerQuestion): { system: string; user: string } {
  const { task, roster, defaultAssignee } = question;
  const body = cut(task.body?.trim() ?? "", longestBody);
  const user = `IDEA
id: ${task.id}
title: ${cut(oneLine(task.title), longestTitle)}
body:
${body || "(none: the title is all there is)"}

ROSTER
${roster.map(rosterLine).join("\n")}

DEFAULT ASSIGNEE
${defaultAssignee}
`;
  return { system: systemPrompt, user };
}

function rosterLine({ name, description }: { name: string; description: string }): string {
  return `- ${name}: ${oneLine(description) || "(undescribed: judge by the name)"}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
