// Owns: the small card beside a bar. What it says, the bar's name says too.

import { useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { dollars, tokens } from "../format/money.ts";
import { outcomeWords } from "../format/status_words.ts";
import { dateTime } from "../format/time.ts";
import { Badge } from "../parts/badge.tsx";
import { outcomeTone } from "../parts/outcome_tone.ts";
import type { TimelineRun } from "./lanes.ts";
import { durationWords } from "./run_words.ts";

export interface Shown {
  run: TimelineRun;
  /** Where the bar is on the screen. */
  box: DOMRect;
}

/** Distance from the bar and from the edges, in px. */
const gap = 8;

export function RunTip({ run, box, now }: Shown & { now: number }) {
  const card = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ left: 0, top: -1000 });
  useLayoutEffect(() => {
    const { offsetWidth: width, offsetHeight: height } = card.current!;
    const below = box.bottom + gap;
    setPlace({
      left: Math.max(gap, Math.min(Math.max(box.left, gap), innerWidth - width - gap)),
      top: below + height > innerHeight - gap ? box.top - gap - height : below,
    });
  }, [run, box]);
  const used = run.input_tokens === null && run.output_tokens === null
    ? null
    : (run.input_tokens ?? 0) + (run.output_tokens ?? 0);
  const facts = [
    ...(run.model ? [run.model] : []),
    ...(used === null ? [] : [`${tokens(used)} tokens`]),
    ...(run.cost_usd === null ? [] : [dollars(run.cost_usd)]),
  ];
  const text = run.error ?? run.summary;
  return createPortal(
    <div className="timeline-tip" ref={card} style={place} aria-hidden="true">
      <strong className="anywhere">{run.title ?? run.task_id}</strong>
      <span className="row">
        <Badge tone={outcomeTone(run.outcome)}>{outcomeWords(run.outcome)}</Badge>
        <span>{run.profile ?? "nobody"}</span>
      </span>
      <span className="soft">{dateTime(run.started_at)}, {durationWords(run, now)}</span>
      {facts.length > 0 && <span className="soft">{facts.join(" · ")}</span>}
      {text && <span className="timeline-tip-text soft">{text}</span>}
    </div>,
    document.body,
  );
}
