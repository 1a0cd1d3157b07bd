// Owns: the system prompt of the agent: persona, board guidance, skills.

import guidance from "./prompts/worker.txt" with { type: "text" };

/** A skill whose text goes into the prompt; `body` is Markdown without front matter. */
export interface PromptSkill {
  name: string;
  body: string;
}

/** What a system prompt is made of. */
export interface PromptParts {
  /** Name of the profile. */
  profile: string;
  /** Text of the profile's SOUL.md; null or blank = a plain sentence. */
  persona: string | null;
  /** Names of the tools the model will be offered. */
  toolNames: readonly string[];
  skills: readonly PromptSkill[];
}

/**
 * The system prompt. It depends on nothing but its parts, so it stays the same over all turns of a
 * run and providers can cache it. The board guidance is in it exactly when `kanban_show` is offered.
 */
export function buildSystemPrompt(parts: PromptParts): string {
  const persona = parts.persona?.trim() ||
    `You are ${parts.profile}, an agent who works with tools and answers plainly.`;
  const sections = [persona];
  if (parts.toolNames.includes("kanban_show")) sections.push(guidance.trim());
  for (const skill of parts.skills) {
    sections.push(`# Skill: ${skill.name}\n\n${skill.body.trim()}`);
  }
  return sections.join("\n\n") + "\n";
}

/** What the model is told when it stops before its task is handed off. One text per reminder. */
export const workerNudges: readonly string[] = [
  "Your task is still open. If the work is done and checked, call kanban_complete with a summary " +
  "and metadata. If you cannot go on without somebody, call kanban_block with the question. " +
  "Otherwise go on working.",
  "Last reminder: this run counts as failed unless you call kanban_complete or kanban_block now.",
];
