// Owns: what a foreign program is told: who it is, how the board works, its task.

import boardGuidance from "../prompts/foreign_board.txt" with { type: "text" };
import plainGuidance from "../prompts/foreign_plain.txt" with { type: "text" };
import { workerNudges } from "../prompt.ts";

/** What a prompt is made of. */
export interface ForeignPromptParts {
  taskId: string;
  profile: string;
  /** Text of the profile's SOUL.md; null or blank = a plain sentence. */
  persona: string | null;
  skills: readonly { name: string; body: string }[];
  /** The task as the board tells it. */
  brief: string;
  /** What goal mode demands; null for other tasks. */
  goal: string | null;
  /** Whether it has the board's tools. */
  hasTools: boolean;
  /** Whether it goes on with the conversation of an earlier attempt. */
  resumes: boolean;
}

/** The prompt of an attempt. One that goes on knows its role already; the task may have changed meanwhile. */
export function foreignPrompt(parts: ForeignPromptParts): string {
  const { taskId, profile, brief, goal, hasTools, resumes } = parts;
  const sections = resumes
    ? [
      `Go on with kanban task ${taskId}: your earlier attempt ended before it was handed over. ` +
      "This is what the board says about it now.",
    ]
    : [
      parts.persona?.trim() || `You are ${profile}.`,
      (hasTools ? boardGuidance : plainGuidance).trim(),
      ...parts.skills.map(({ name, body }) => `# Skill: ${name}\n\n${body.trim()}`),
      `work kanban task ${taskId}`,
    ];
  return [...sections, brief.trim(), ...(goal === null ? [] : [goal])].join("\n\n") + "\n";
}

/** What is said to a conversation that stopped with the task open; `count` is how often that was said before. */
export function nudge(count: number): string {
  return `${workerNudges[Math.min(count, workerNudges.length - 1)]}\n`;
}
