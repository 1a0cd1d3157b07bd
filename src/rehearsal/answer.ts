// Owns: recognising who is asking and handing the request to that script.

import { answerGoalJudge } from "./goal_judge.ts";
import { answerDescriber, answerPlanner, answerSpecifier } from "./planner.ts";
import type { Answer, ChatRequest } from "./wire.ts";
import { answerWorker } from "./worker.ts";

/** A model by this name refuses to answer in the form of a JSON schema, as many do. */
const plainModel = "rehearsal-plain";

/** Decides the answer from the request alone, so equal requests get equal answers. */
export function answer(request: ChatRequest): Answer {
  if (request.wantsForm && request.model === plainModel) {
    return { kind: "failure", status: 400, message: "response_format is not supported" };
  }
  const asks = (word: string) => request.messages.some((message) => message.content.includes(word));
  if (request.tools.includes("kanban_complete") && asks("work kanban task")) {
    return answerWorker(request);
  }
  if (request.tools.length === 0 && asks('{"reached": …')) return answerGoalJudge(request);
  if (request.tools.length === 0 && asks('"fanout"')) return answerPlanner(request);
  if (request.tools.length === 0 && asks('"title"')) return answerSpecifier(request);
  if (request.tools.length === 0 && asks('"description"')) return answerDescriber(request);
  const said = request.messages.filter((message) => message.role === "user").at(-1)?.content ?? "";
  return {
    kind: "text",
    text: `Scripted answer from the rehearsal model, which does not think. You said: ${said}`,
  };
}
