// Owns: what is said about a plan as a whole.

import { dollars, tokens } from "../format/money.ts";
import { span } from "../format/time.ts";
import { Icon } from "../parts/icon.tsx";
import type { Plan } from "./plan_draft.ts";

export function PlanNotes({ plan }: { plan: Plan }) {
  const { rationale, remarks, stale, fanout, total, tasks } = plan;
  return (
    <div className="stack plan-notes">
      {stale && (
        <p className="plan-warning">
          <Icon name="alert" /> The idea's text was changed after this plan was made.
        </p>
      )}
      {!fanout && <p>The planner would keep it as one task, put more clearly.</p>}
      {rationale !== "" && <p className="soft anywhere">{rationale}</p>}
      {remarks.length > 0 && (
        <details>
          <summary>{remarks.length} put right in the model's answer</summary>
          <ul className="plan-remarks soft">
            {remarks.map((remark, index) => <li key={index}>{remark}</li>)}
          </ul>
        </details>
      )}
      <p className="soft">{sizeWords(total, tasks.length)}</p>
    </div>
  );
}

/** Time, tokens and cost going by what the profiles' work took before. */
export function sizeWords(total: Plan["total"], count: number): string {
  const parts = [
    ...(total.seconds === null ? [] : [`about ${span(total.seconds) || "a minute"}`]),
    ...(total.tokens === null ? [] : [`${tokens(total.tokens)} tokens`]),
    ...(total.cost_usd === null ? [] : [dollars(total.cost_usd)]),
  ];
  if (parts.length === 0) {
    return "How long it takes is unknown: these profiles have completed nothing yet.";
  }
  const missing = total.unknown === 0
    ? ""
    : `, without ${total.unknown} of ${count} tasks whose profiles have completed nothing yet`;
  return `Going by work before: ${parts.join(", ")}${missing}.`;
}
