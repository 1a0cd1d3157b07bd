// Owns: what came of the task and of those around it.

import type { ShowOutput } from "../api/shapes.ts";
import { statusTitle } from "../format/status_words.ts";
import { StatusDot } from "../parts/badge.tsx";
import { Markdown } from "../parts/markdown.tsx";
import { taskHref, useOpenTask } from "../shell/place.ts";
import { Clamp } from "./clamp.tsx";
import { Section } from "./section.tsx";

type Neighbour = NonNullable<ShowOutput["child_results"]>[number];

/** The task's own result and what its newest completion said; nothing while there is neither. */
export function ResultSection({ detail }: { detail: ShowOutput }) {
  const { task: { result }, runs } = detail;
  // An attempt that was blocked or crashed leaves words as well, which are no result.
  const summary = runs.findLast(({ outcome, summary }) => outcome === "completed" && summary)
    ?.summary ?? null;
  if (summary === null && result === null) return null;
  return (
    <Section title="Result">
      {summary !== null && <LongText text={summary} />}
      {result !== null && result !== summary && (
        <div className="result-text">
          <LongText text={result} />
        </div>
      )}
    </Section>
  );
}

/** What the tasks it builds on, and those that build on it, handed over. */
export function NeighbourResults({ detail }: { detail: ShowOutput }) {
  return (
    <>
      <Results title="Handed to it" results={detail.parent_results ?? []} />
      <Results title="Results of its children" results={detail.child_results ?? []} />
    </>
  );
}

function Results({ title, results }: { title: string; results: readonly Neighbour[] }) {
  const open = useOpenTask();
  const said = results.filter(({ status, latest_summary, result }) =>
    result || (latest_summary && ["done", "archived"].includes(status))
  );
  if (said.length === 0) return null;
  return (
    <Section title={title} count={said.length}>
      <ul className="stack">
        {said.map(({ id, title, status, latest_summary, result }) => (
          <li key={id}>
            <details className="fold">
              <summary>
                <StatusDot status={status} />
                <span className="sr-only">{statusTitle(status)}</span>
                <span className="clip" dir="auto">{title}</span>
                <span className="clip faint fold-hint">
                  {(latest_summary ?? result ?? "").split("\n")[0]}
                </span>
              </summary>
              <div className="fold-body">
                {latest_summary && <LongText text={latest_summary} />}
                {result && result !== latest_summary && <LongText text={result} />}
                <a
                  href={taskHref(id)}
                  onClick={(event) => {
                    event.preventDefault();
                    open(id);
                  }}
                >
                  Open the task
                </a>
              </div>
            </details>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function LongText({ text }: { text: string }) {
  return (
    <Clamp text={text} height={280}>
      {(shown) => (
        <div dir="auto">
          <Markdown text={shown} />
        </div>
      )}
    </Clamp>
  );
}
