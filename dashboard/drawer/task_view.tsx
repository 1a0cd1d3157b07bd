// Owns: the order of what the drawer shows of a task.

import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useLocation } from "wouter";
import type { ShowOutput } from "../api/shapes.ts";
import { useNow } from "../format/now.ts";
import { Tabs } from "../parts/tabs.tsx";
import { useOpenTask } from "../shell/place.ts";
import { ActiveRun } from "./active_run.tsx";
import { BodySection } from "./body_section.tsx";
import { Comments } from "./comments.tsx";
import { Events } from "./events.tsx";
import { Facts } from "./facts.tsx";
import { FilesSection } from "./files_section.tsx";
import type { GateAct } from "./gate_acts.ts";
import { LinksSection } from "./links_section.tsx";
import { NeighbourResults, ResultSection } from "./results_section.tsx";
import { Runs } from "./runs.tsx";
import { StatusRow } from "./status_row.tsx";
import { Title } from "./title.tsx";
import { TriageActions } from "./triage_actions.tsx";
import { WhySection } from "./why_section.tsx";
import { WorkerLog } from "./worker_log.tsx";

export function TaskView({ detail }: { detail: ShowOutput }) {
  const { task, comments, runs, events } = detail;
  const [tab, setTab] = useState("comments");
  const view = useRef<HTMLDivElement>(null);
  const open = useOpenTask();
  const [, navigate] = useLocation();
  const now = useNow();
  const active = runs.findLast(({ ended_at }) => ended_at === null) ?? null;
  const show = (next: string, selector: string, focus = true) => {
    // At once, or what is typed right after it would go nowhere.
    flushSync(() => setTab(next));
    const element = view.current?.querySelector<HTMLElement>(selector);
    element?.scrollIntoView({ block: "nearest" });
    if (focus) element?.focus();
  };
  const act = (does: Exclude<GateAct["does"], { wish: unknown }>) => {
    if ("open" in does) return open(does.open);
    if ("page" in does) return navigate(does.page);
    show(places[does.show].tab ?? tab, places[does.show].selector);
  };
  return (
    <div className="drawer-scroll" ref={view}>
      <div className="drawer-grid">
        <div className="drawer-top">
          <Title id={task.id} title={task.title} />
          <StatusRow detail={detail} />
          {task.status === "triage" && <TriageActions task={task} />}
          {active && (
            <ActiveRun
              run={active}
              onWatch={() => show("log", ".drawer-tabs .tabs", false)}
            />
          )}
          <WhySection task={task} onAct={act} />
        </div>
        <Facts detail={detail} />
        <div className="drawer-main">
          <BodySection id={task.id} body={task.body ?? ""} />
          <LinksSection detail={detail} />
          <ResultSection detail={detail} />
          <NeighbourResults detail={detail} />
          <FilesSection detail={detail} />
          <div className="drawer-tabs">
            <Tabs
              label="What was said and done"
              value={tab}
              onChange={setTab}
              tabs={[
                {
                  id: "comments",
                  label: <Counted name="Comments" count={comments.length} />,
                  content: <Comments id={task.id} {...{ comments, now }} />,
                },
                {
                  id: "runs",
                  label: <Counted name="Runs" count={runs.length} />,
                  content: <Runs {...{ runs, now }} />,
                },
                {
                  id: "log",
                  label: "Worker log",
                  content: <WorkerLog id={task.id} running={active !== null} />,
                },
                {
                  id: "events",
                  label: "Events",
                  content: <Events {...{ events, now }} />,
                },
              ]}
            />
          </div>
        </div>
      </div>
    </div>
  );
}

/** Where in the drawer something is. */
const places = {
  assignee: { tab: null, selector: ".fact-combobox" },
  budget: { tab: null, selector: '[data-edits="budget"]' },
  triage: { tab: null, selector: ".triage .button" },
  comment: { tab: "comments", selector: "#drawer-comment" },
  log: { tab: "log", selector: ".log-text" },
} as const;

function Counted({ name, count }: { name: string; count: number }) {
  return (
    <>
      {name}
      {count > 0 && <span className="faint tab-count">{count}</span>}
    </>
  );
}
