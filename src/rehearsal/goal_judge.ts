// Owns: the scripted judge of goal mode.

import type { Answer, ChatRequest } from "./wire.ts";

/**
 * Says that a goal is reached as soon as something is handed over. Words in the goal steer it:
 *
 * - `rehearse:judge-late=N`: says no N times first, as far as the record shows
 * - `rehearse:judge-never`: always says no
 * - `rehearse:judge-garbage`: answers what nobody can read
 */
export function answerGoalJudge(request: ChatRequest): Answer {
  const asked = request.messages.filter((message) => message.role === "user").at(-1)?.content ?? "";
  const [goal = "", rest = ""] = asked.split("\nHANDOFF\n");
  const said = /\brehearse:judge-([a-z]+)(?:=(\d+))?/.exec(goal);
  const noes = rest.split("finds its goal not reached").length - 1;
  if (said?.[1] === "garbage") return { kind: "text", text: "Scripted answer: hard to say." };
  if (said?.[1] === "never") return verdict(false, "Scripted verdict: one more thing is missing.");
  if (said?.[1] === "late" && noes < Number(said[2] ?? 1)) {
    return verdict(false, `Scripted verdict: not yet, ${noes + 1} of ${said[2] ?? 1}.`);
  }
  return rest.startsWith("(none")
    ? verdict(false, "Scripted verdict: nothing was handed over.")
    : verdict(true, "Scripted verdict: something was handed over.");
}

function verdict(reached: boolean, reason: string): Answer {
  return { kind: "text", text: JSON.stringify({ reached, reason }) };
}
