// Owns: one run as a bar.

import { memo, useEffect, useRef } from "react";
import { outcomeTone } from "../parts/outcome_tone.ts";
import { endOf, type TimelineRun } from "./lanes.ts";
import { runSentence } from "./run_words.ts";
import type { Stretch } from "./spans.ts";

interface BarProps {
  run: TimelineRun;
  /** In px from the top of the row's lanes. */
  top: number;
  stretch: Stretch;
  now: number;
  tabbable: boolean;
  focus: boolean;
  onShow(run: TimelineRun, bar: HTMLElement): void;
  onHide(): void;
  onOpen(run: TimelineRun): void;
  onHeld(id: number): void;
}

export const RunBar = memo(function RunBar(props: BarProps) {
  const { run, top, stretch, now, tabbable, focus, onShow, onHide } = props;
  const bar = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!focus) return;
    bar.current?.focus({ preventScroll: true });
    bar.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [focus]);
  const length = stretch.until - stretch.since;
  const begin = Math.max(stretch.since, run.started_at);
  const end = Math.min(stretch.until, endOf(run, now));
  if (end < stretch.since || begin > stretch.until) return null;
  return (
    <button
      type="button"
      ref={bar}
      className="timeline-run"
      data-run={run.id}
      data-tone={outcomeTone(run.outcome)}
      style={{
        top,
        left: `${100 * (begin - stretch.since) / length}%`,
        width: `${100 * (end - begin) / length}%`,
      }}
      tabIndex={tabbable ? 0 : -1}
      aria-label={runSentence(run, now)}
      onClick={() => props.onOpen(run)}
      onPointerEnter={(event) => onShow(run, event.currentTarget)}
      onPointerLeave={onHide}
      onFocus={(event) => {
        props.onHeld(run.id);
        if (event.currentTarget.matches(":focus-visible")) onShow(run, event.currentTarget);
      }}
      onBlur={onHide}
    >
      <span>{run.title ?? run.task_id}</span>
    </button>
  );
});
