// Owns: the scripted answers of the planner, of the specifier and of the profile describer.

import type { ScriptedTask } from "./script.ts";
import { singleTaskWords } from "./scripts/any_idea.ts";
import { containsWord, ideaFor } from "./scripts/all.ts";
import type { Answer, ChatRequest } from "./wire.ts";

/** Says in every answer that nothing was thought. */
const label = "Scripted plan from the rehearsal model.";

/**
 * The plan for the idea in a decomposition request. Words in the idea's title steer it:
 * `malformed` answers broken JSON, `hang-planner` never answers, `error-500` and `error-429`
 * fail, `no-fanout` (or `typo`) keeps the idea as one task.
 */
export function answerPlanner(request: ChatRequest): Answer {
  const prompt = request.messages.map((message) => message.content).join("\n");
  const title = ideaTitle(request);
  const failure = failureAskedFor(title);
  if (failure) return failure;
  if (containsWord(title, ["malformed"])) {
    return { kind: "text", text: `{"fanout": true, "tasks": [{"title": ` };
  }
  const pick = ({ roles }: ScriptedTask) => routing(prompt, roles);
  if (containsWord(title, singleTaskWords)) {
    return json({
      fanout: false,
      rationale: `${label} One pair of hands is enough.`,
      title,
      body: `Goal: ${title}.\nApproach: do it in one go.\nAcceptance: the change is named.`,
      ...routing(prompt, ["writer", "backend-eng", "ops"]),
    });
  }
  const idea = ideaFor(title);
  return json({
    fanout: true,
    rationale: `${label} ${idea.rationale}`,
    tasks: idea.tasks.map((task) => ({
      title: task.title,
      body: task.body,
      ...pick(task),
      parents: task.parents,
    })),
  });
}

/**
 * The idea in a specification request as one task. Words in the idea's title steer it:
 * `hang-planner`, `error-500` and `error-429` as for the planner, `malformed` answers prose instead
 * of JSON, `empty-answer` nothing at all.
 */
export function answerSpecifier(request: ChatRequest): Answer {
  const title = ideaTitle(request);
  const failure = failureAskedFor(title);
  if (failure) return failure;
  if (containsWord(title, ["empty-answer"])) return { kind: "text", text: "" };
  const body = [
    `Goal: ${title}. Scripted text from the rehearsal model.`,
    "Approach: read what is there, do it in one go, look at the result.",
    "Acceptance criteria:\n- the handoff names the result",
    "Out of scope:\n- nothing further",
  ].join("\n\n");
  if (containsWord(title, ["malformed"])) return { kind: "text", text: body };
  return json({ title: `Deliver: ${title}`, body });
}

/** A one-sentence description for the profile named in the request. */
export function answerDescriber(request: ChatRequest): Answer {
  const prompt = request.messages.map((message) => message.content).join("\n");
  const name = /\bname["*`]*\s*[:=]\s*["'`*]*([a-z0-9][a-z0-9_-]*)/i.exec(prompt)?.[1] ?? "agent";
  return json({ description: `Scripted description: takes the work meant for ${name}.` });
}

/** The way a request fails because the idea's title asks for it; null when it does not. */
function failureAskedFor(title: string): Answer | null {
  const says = (word: string) => containsWord(title, [word]);
  if (says("hang-planner")) return { kind: "silence" };
  if (says("error-500")) return { kind: "failure", status: 500, message: "scripted failure" };
  if (says("error-429")) return { kind: "failure", status: 429, message: "scripted rate limit" };
  return null;
}

/** The first of `roles` that the prompt's roster lists at the start of a line, and the next one after it. */
function routing(prompt: string, roles: readonly string[]) {
  const listed = roles.filter((role) =>
    new RegExp(`^[\\s>*+-]*["'\`@*]*${role}["'\`*]*\\s*(?:[:(\\u2013\\u2014-]|$)`, "m").test(
      prompt,
    )
  );
  const [assignee = null, runner_up = null] = listed;
  const why = assignee === null
    ? `Nobody on the roster is called ${roles.join(" or ")}.`
    : `The script wants ${roles.join(" or ")} for this.`;
  return { assignee, why, runner_up };
}

/** The idea's title: the line that names it, else the last message's first line. */
function ideaTitle(request: ChatRequest): string {
  const asked = request.messages.filter((message) => message.role === "user").at(-1)?.content ?? "";
  const named = /^[\s>*#-]*title["*`]*\s*:\s*(.+)$/im.exec(asked)?.[1];
  return (named ?? asked.split("\n")[0] ?? "").replace(/^["'`\s]+|["'`\s]+$/g, "");
}

function json(value: unknown): Answer {
  return { kind: "text", text: JSON.stringify(value) };
}
