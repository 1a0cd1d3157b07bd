// Owns: the scripted plan for ideas that have no script of their own, and the one-task answer.

import type { ScriptedIdea } from "../script.ts";

/** Words of an idea that is one task and needs no splitting. */
export const singleTaskWords = ["no-fanout", "typo"];

/**
 * Research, then the work, then a review. `title` is the idea's title; the middle task keeps its
 * `rehearse:` words, so a test can make exactly one child misbehave.
 */
export function planAnyIdea(title: string): ScriptedIdea {
  const plain = title.replace(/\s*rehearse:\S+/g, "").trim() || "the idea";
  const work = [
    { tool: "write_file", args: { path: "{{slug}}.md", content: "{{notes}}" } },
    { tool: "terminal", args: { command: "wc -l < {{slug}}.md | tr -d ' '" } },
  ];
  const metadata = { changed_files: ["{{slug}}.md"], notes_file: "{{workspace}}/{{slug}}.md" };
  const summary = "Wrote {{output}} lines in {{slug}}.md.";
  const child = { work, metadata, summary };
  return {
    words: [],
    rationale: "No script fits this idea, so it takes the general road: research, work, review.",
    tasks: [
      {
        title: `Research: ${plain}`,
        body: `Goal: what must be known for "${plain}".\nApproach: short notes in one file.\n` +
          "Acceptance: the handoff names the file as notes_file.",
        roles: ["researcher", "analyst"],
        parents: [],
        ...child,
      },
      {
        title: `Do: ${title}`,
        body: `Goal: "${plain}".\nApproach: follow the research notes.\n` +
          "Acceptance: the result is a file named in the handoff.",
        roles: ["backend-eng", "writer", "ops"],
        parents: [0],
        ...child,
      },
      {
        title: `Review: ${plain}`,
        body:
          `Goal: be sure that "${plain}" is done.\nApproach: compare the result with the notes.\n` +
          "Acceptance: a verdict with reasons.",
        roles: ["reviewer"],
        parents: [1],
        ...child,
      },
    ],
    verdict: "Every step of the general road reported a result.",
  };
}
