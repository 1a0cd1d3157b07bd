// Owns: the system prompt of the agent: persona, board guidance, skills.

import chatGuidance from "./prompts/chat_board.txt" with { type: "text" };
import workerGuidance from "./prompts/worker.txt" with { type: "text" };
import type { PromptSkill } from "../profiles/skill_budget.ts";

export type { PromptSkill } from "../profiles/skill_budget.ts";

/** What a system prompt is made of. */
export interface PromptParts {
  /** Name of the profile. */
  profile: string;
  /** Text of the profile's SOUL.md; null or blank = a plain sentence. */
  persona: string | null;
  /** Names of the tools the model will be offered. */
  toolNames: readonly string[];
  skills: readonly PromptSkill[];
  /** Whether a person is at the other end: that changes what the board is for. */
  inChat?: boolean;
}

/**
 * The system prompt. It depends on nothing but its parts, so it stays the same over all turns of a
 * run and providers can cache it. The board guidance is in it exactly when `kanban_show` is offered.
 */
export function buildSystemPrompt(parts: PromptParts): string {
  const persona = parts.persona?.trim() ||
    `You are ${parts.profile}, an agent who works with tools and answers plainly.`;
  const sections = [persona];
  if (parts.toolNames.includes("kanban_show")) {
    sections.push((parts.inChat ? chatGuidance : workerGuidance).trim());
  }
  for (const { name, body } of parts.skills) {
    if (body !== null) sections.push(`# Skill: ${name}\n\n${body.trim()}`);
  }
  const named = parts.skills.filter((skill) => skill.body === null);
  if (named.length > 0) sections.push(namedSkills(named));
  return sections.join("\n\n") + "\n";
}

/** Skills that are read when they are needed. */
function namedSkills(skills: readonly PromptSkill[]): string {
  const lines = skills.map(({ name, description }) => {
    return description ? `- ${name}: ${description}` : `- ${name}`;
  });
  return `# More skills\n\nRead one with skill_view before you do what it is about.\n\n` +
    lines.join("\n");
}

/** What the model is told when it stops before its task is handed off. One text per reminder. */
export const workerNudges: readonly string[] = [
  "Your task is still open. If the work is done and checked, call kanban_complete with a summary " +
  "and metadata. If you cannot go on without somebody, call kanban_block with the question. " +
  "Otherwise go on working.",
  "Last reminder: this run counts as failed unless you call kanban_complete or kanban_block now.",
];
