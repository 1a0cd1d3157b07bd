// Owns: the chart: an axis, a row per profile or task, of which only what is seen exists.

import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { Avatar } from "../parts/badge.tsx";
import { useOpenTask } from "../shell/place.ts";
import { TaskLink } from "../shell/task_link.tsx";
import { type Group, runBeside, type TimelineRun } from "./lanes.ts";
import { legend } from "./run_words.ts";
import { RunBar } from "./run_bar.tsx";
import { RunTip, type Shown } from "./run_tip.tsx";
import { marksOf, type SpanName, type Stretch } from "./spans.ts";

/** Heights in px: one lane, and what a row has besides. */
const laneHeight = 26;
const rowSpace = 14;
/** The name above the lanes where the screen is narrow. */
const nameHeight = 20;

/** Per cent of the axis: words that begin later would be cut off. */
const lastWords = 95;

interface ChartProps {
  groups: readonly Group[];
  stretch: Stretch;
  span: SpanName;
  now: number;
}

export function Chart({ groups, stretch, span, now }: ChartProps) {
  const open = useOpenTask();
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = useNarrow(scroller);
  const [held, setHeld] = useState<{ id: number; focus: boolean }>({ id: 0, focus: false });
  const [shown, setShown] = useState<Shown | null>(null);
  const virtual = useVirtualizer({
    count: groups.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) =>
      groups[index]!.lanes.length * laneHeight + rowSpace + (narrow ? nameHeight : 0),
    getItemKey: (index) => groups[index]!.key,
    overscan: 4,
  });
  useEffect(() => virtual.measure(), [groups, narrow]);
  const known = groups.some(({ lanes }) =>
    lanes.some((lane) => lane.some(({ id }) => id === held.id))
  );
  const first = known ? held.id : groups[0]?.lanes[0]?.[0]?.id;
  const place = (at: number) => 100 * (at - stretch.since) / (stretch.until - stretch.since);
  const marks = marksOf(stretch, span, narrow);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") setShown(null);
    const next = first === undefined ? null : runBeside(groups, first, event.key);
    if (next === null) return;
    event.preventDefault();
    const row = groups.findIndex(({ lanes }) =>
      lanes.some((lane) => lane.some(({ id }) => id === next))
    );
    virtual.scrollToIndex(row, { align: "auto" });
    setHeld({ id: next, focus: true });
  };
  const onShow = useCallback((run: TimelineRun, bar: HTMLElement) => {
    setShown({ run, box: bar.getBoundingClientRect() });
  }, []);
  const onHide = useCallback(() => setShown(null), []);
  const onOpen = useCallback((run: TimelineRun) => {
    setShown(null);
    open(run.task_id);
  }, [open]);
  const onHeld = useCallback((id: number) => setHeld({ id, focus: false }), []);

  return (
    <>
      <div
        className="timeline-scroller"
        ref={scroller}
        onScroll={onHide}
        role="group"
        aria-label="Runs; arrows move between them, Enter opens the task"
        onKeyDown={onKeyDown}
      >
        <div className="timeline-axis" aria-hidden="true">
          <div className="timeline-marks">
            {marks.filter(({ at }) => place(at) < lastWords).map(({ at, words }) => (
              <span key={at} style={{ left: `${place(at)}%` }}>{words}</span>
            ))}
          </div>
        </div>
        <div className="timeline-rows" style={{ height: virtual.getTotalSize() }}>
          <div className="timeline-grid" aria-hidden="true">
            {marks.map(({ at }) => <i key={at} style={{ left: `${place(at)}%` }} />)}
            {now <= stretch.until && (
              <i className="timeline-now" style={{ left: `${place(now)}%` }} />
            )}
          </div>
          {virtual.getVirtualItems().map((item) => {
            const group = groups[item.index]!;
            return (
              <section
                key={item.key}
                className="timeline-row"
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                aria-label={`${group.name}, ${group.count} ${group.count === 1 ? "run" : "runs"}`}
              >
                <Name group={group} />
                <div className="timeline-lanes">
                  {group.lanes.map((lane, index) =>
                    lane.map((run) => (
                      <RunBar
                        key={run.id}
                        run={run}
                        top={index * laneHeight}
                        stretch={stretch}
                        now={now}
                        tabbable={run.id === first}
                        focus={held.focus && held.id === run.id}
                        onShow={onShow}
                        onHide={onHide}
                        onOpen={onOpen}
                        onHeld={onHeld}
                      />
                    ))
                  )}
                </div>
              </section>
            );
          })}
        </div>
      </div>
      <ul className="timeline-legend" aria-label="Colours">
        {legend.map(([tone, words]) => (
          <li key={tone}>
            <span className="timeline-swatch" data-tone={tone} aria-hidden="true" /> {words}
          </li>
        ))}
      </ul>
      {shown && <RunTip {...shown} now={now} />}
    </>
  );
}

function Name({ group: { name, taskId } }: { group: Group }) {
  return (
    <div className="timeline-name">
      {taskId === null
        ? (
          <>
            <Avatar name={name} />
            <span className="clip" title={name}>{name}</span>
          </>
        )
        : <TaskLink id={taskId} className="clip">{name}</TaskLink>}
    </div>
  );
}

/** Whether names stand above their lanes. */
function useNarrow(element: { current: HTMLElement | null }): boolean {
  const [narrow, setNarrow] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => setNarrow(entry!.contentRect.width <= 640));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return narrow;
}
