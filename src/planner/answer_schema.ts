// Owns: the forms of the planner's and the specifier's answers as JSON Schemas, for models that keep to one.

import type { AnswerForm } from "../llm/answer_form.ts";

const text = { type: "string" };
const optionalText = { type: ["string", "null"] };

/** Strict schemas know no optional keys: what may be missing may be null. */
function object(properties: Record<string, unknown>): Record<string, unknown> {
  return {
    type: "object",
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

/** One object for both answers, because strict schemas allow no choice at the top. */
export const planForm: AnswerForm = {
  name: "plan",
  schema: object({
    fanout: { type: "boolean", description: "Whether the idea needs several tasks" },
    rationale: text,
    title: { ...optionalText, description: "Only when fanout is false" },
    body: { ...optionalText, description: "Only when fanout is false" },
    assignee: { ...optionalText, description: "Only when fanout is false" },
    why: optionalText,
    runner_up: optionalText,
    tasks: {
      type: "array",
      description: "Empty when fanout is false",
      items: object({
        title: text,
        body: text,
        assignee: optionalText,
        why: optionalText,
        runner_up: optionalText,
        parents: { type: "array", items: { type: "integer" } },
      }),
    },
  }),
};

export const specificationForm: AnswerForm = {
  name: "specification",
  schema: object({ title: text, body: text }),
};
