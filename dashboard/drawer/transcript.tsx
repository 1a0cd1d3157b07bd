// Owns: what was said and done in a run, followed while it goes on.

import { useMemo, useRef, useState } from "react";
import { apiUrl } from "../api/client.ts";
import { Badge } from "../parts/badge.tsx";
import { Button } from "../parts/button.tsx";
import { Icon } from "../parts/icon.tsx";
import { Markdown } from "../parts/markdown.tsx";
import { Clamp } from "./clamp.tsx";
import { useEventSource } from "./event_source.ts";
import { useFollowScroll } from "./follow_scroll.ts";
import { type Entry, gistOf, type Item, itemsOf, laidOut } from "./transcript_items.ts";

/** Bytes of the end that are asked for. */
const tailBytes = 1_000_000;
/** Entries that are drawn at most, the newest. */
const mostItems = 400;

export function Transcript({ runId, live }: { runId: number; live: boolean }) {
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const waiting = useRef<Entry[]>([]);
  const take = () => {
    const more = waiting.current.splice(0);
    setEntries((before) => [...before, ...more]);
  };
  const state = useEventSource(
    apiUrl(`/runs/${runId}/transcript/stream`, { tail: tailBytes }),
    ["entries", "end"],
    (name, value) => {
      if (name === "end") return true;
      if (waiting.current.length === 0) requestAnimationFrame(take);
      waiting.current.push(...value as Entry[]);
    },
  );
  const items = useMemo(() => itemsOf(entries), [entries]);
  const { ref, following, toEnd, onScroll } = useFollowScroll(items);
  if (items.length === 0) {
    return (
      <p className="soft">
        {state === "ended"
          ? "This run kept no transcript; its worker's log may tell more."
          : live
          ? "Nothing was said yet."
          : "Reading…"}
      </p>
    );
  }
  const shown = items.slice(-mostItems);
  return (
    <div className="transcript">
      <div
        ref={ref}
        className="transcript-items"
        role="log"
        aria-label={`Transcript of run ${runId}`}
        aria-live="off"
        tabIndex={0}
        onScroll={onScroll}
      >
        {shown.length < items.length && (
          <p className="faint">{items.length - shown.length} earlier entries are left out.</p>
        )}
        {shown.map((item, index) => (
          <ItemView key={items.length - shown.length + index} item={item} />
        ))}
      </div>
      {!following && (
        <Button size="small" className="log-jump" onClick={toEnd}>
          <Icon name="chevronDown" size={12} /> Jump to latest
        </Button>
      )}
    </div>
  );
}

function ItemView({ item }: { item: Item }) {
  switch (item.kind) {
    case "message":
      return item.role === "assistant" ? <Said text={item.text} /> : <Given {...item} />;
    case "call":
      return <Call {...item} />;
    case "note":
      return item.more === null
        ? <p className="transcript-note">{item.text}</p>
        : (
          <details className="fold">
            <summary>{item.text}</summary>
            <pre className="fold-text">{item.more}</pre>
          </details>
        );
  }
}

function Said({ text }: { text: string }) {
  if (text.trim() === "") return null;
  return (
    <div className="transcript-said" dir="auto">
      <Clamp text={text} height={240}>{(shown) => <Markdown text={shown} />}</Clamp>
    </div>
  );
}

/** What the worker was told: long, and rarely what one looks for. */
function Given({ role, text }: { role: string; text: string }) {
  return (
    <details className="fold">
      <summary>
        <Badge>{role}</Badge>
        <span className="clip faint fold-hint">{text.trimStart().split("\n")[0]}</span>
      </summary>
      <pre className="fold-text" dir="auto">{text}</pre>
    </details>
  );
}

function Call({ tool, given, answer, failed }: Extract<Item, { kind: "call" }>) {
  return (
    <details className="fold">
      <summary>
        <Badge tone={failed ? "red" : answer === null ? "amber" : "blue"}>{tool}</Badge>
        <span className="clip faint mono fold-hint">{gistOf(given)}</span>
        <span className="fold-state">
          {failed ? "failed" : answer === null ? "under way" : ""}
        </span>
      </summary>
      {given !== "" && <pre className="fold-text">{laidOut(given)}</pre>}
      {answer !== null && (
        <pre className="fold-text" data-failed={failed || undefined}>{answer}
        </pre>
      )}
    </details>
  );
}
