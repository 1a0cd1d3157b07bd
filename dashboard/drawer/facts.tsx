// Owns: the facts of a task beside its texts: who, how urgent, where, when, with what, for how much.

import { Fragment, type ReactNode } from "react";
import type { ShowOutput } from "../api/shapes.ts";
import { dollars, tokens } from "../format/money.ts";
import { dateTime } from "../format/time.ts";
import { Badge, Chip } from "../parts/badge.tsx";
import { AssigneeFact } from "./assignee_fact.tsx";
import { BudgetFact, ModelFact, PriorityFact, ScheduleFact } from "./edited_facts.tsx";

export function Facts({ detail }: { detail: ShowOutput }) {
  const { task } = detail;
  return (
    <section className="facts" aria-label="Facts">
      <dl>
        <Fact name="Assignee">
          <AssigneeFact task={task} />
        </Fact>
        <Fact name="Priority">
          <PriorityFact task={task} />
        </Fact>
        {task.tenant !== null && (
          <Fact name="Tenant">
            <Badge>{task.tenant}</Badge>
          </Fact>
        )}
        <Fact name="Skills">
          {task.skills.length === 0
            ? <span className="faint">None</span>
            : (
              <span className="fact-chips">
                {task.skills.map((skill) => <Chip key={skill}>{skill}</Chip>)}
              </span>
            )}
        </Fact>
        <Fact name="Starts">
          <ScheduleFact task={task} />
        </Fact>
        <Fact name="Model">
          <ModelFact task={task} />
        </Fact>
        <Fact name="Budget">
          <BudgetFact task={task} />
        </Fact>
        {detail.usage && (
          <Fact name="Used">
            <UsageWords usage={detail.usage} />
          </Fact>
        )}
        <Fact name="Workspace">
          <span className="anywhere">
            {task.workspace_kind}
            {task.branch_name !== null && <>{" "}· branch {task.branch_name}</>}
            {task.workspace_path !== null && (
              <span className="fact-more mono">{breakable(task.workspace_path)}</span>
            )}
          </span>
        </Fact>
        {task.goal_mode && (
          <Fact name="Goal mode">
            On{task.goal_max_turns !== null && `, at most ${task.goal_max_turns} turns`}
          </Fact>
        )}
        {task.consecutive_failures > 0 && (
          <Fact name="Failed">
            <span className="fact-bad">
              {task.consecutive_failures} {task.consecutive_failures === 1 ? "time" : "times"}{" "}
              in a row
            </span>
          </Fact>
        )}
        <Fact name="Created">
          {dateTime(task.created_at)}
          {task.created_by !== null && <span className="fact-more">by {task.created_by}</span>}
        </Fact>
        {task.started_at !== null && <Fact name="Started">{dateTime(task.started_at)}</Fact>}
        {task.completed_at !== null && <Fact name="Completed">{dateTime(task.completed_at)}</Fact>}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A path that breaks between its folders first. */
function breakable(path: string): ReactNode {
  return path.split("/").map((folder, index) => (
    <Fragment key={index}>
      {index > 0 && (
        <>
          /<wbr />
        </>
      )}
      {folder}
    </Fragment>
  ));
}

type Usage = NonNullable<ShowOutput["usage"]>;

/** What the task's own attempts used, and with all that came out of it. */
function UsageWords({ usage }: { usage: Usage }) {
  const { graph } = usage;
  const more = graph.runs + graph.calls > usage.runs + usage.calls;
  return (
    <span className="stack fact-usage">
      <span>{sumWords(usage)}</span>
      {more && <span className="soft">with its tasks: {sumWords(graph)}</span>}
    </span>
  );
}

function sumWords(sum: Omit<Usage, "graph">): string {
  if (sum.runs + sum.calls === 0) return "Nothing yet";
  const cost = sum.cost_usd === null ? "cost unknown" : dollars(sum.cost_usd);
  const some = sum.cost_usd !== null && sum.unknown_runs > 0 ? "≥ " : "";
  const count = sum.input_tokens === null && sum.output_tokens === null
    ? null
    : `${tokens((sum.input_tokens ?? 0) + (sum.output_tokens ?? 0))} tokens`;
  return [`${some}${cost}`, count].filter((part) => part !== null).join(" · ");
}
