// Owns: the worker's log, followed while it is written.

import { useQuery } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import type { LogOutput } from "../../src/ops/runs/log.ts";
import { apiUrl, get } from "../api/client.ts";
import { key } from "../api/keys.ts";
import { fileSize } from "../format/file_size.ts";
import { Button } from "../parts/button.tsx";
import { Icon } from "../parts/icon.tsx";
import { taskPath } from "./change_task.ts";
import { useEventSource } from "./event_source.ts";
import { useFollowScroll } from "./follow_scroll.ts";
import { lastLines, plainLog } from "./log_text.ts";

/** Bytes of the end that are asked for. */
const tailBytes = 100_000;
/** Characters that are kept while it grows. */
const mostCharacters = 400_000;

interface Piece {
  text: string;
  /** Bytes of the file up to the end of the text. */
  offset: number;
  restarted: boolean;
}

export function WorkerLog({ id, running }: { id: string; running: boolean }) {
  const [raw, setRaw] = useState("");
  const [size, setSize] = useState(0);
  const waiting = useRef<Piece[]>([]);
  const cut = useRef(false);
  const { data: file } = useQuery({
    queryKey: key("task", id, "log"),
    queryFn: ({ signal }) => get<LogOutput>(taskPath(id, "/log"), { signal, query: { tail: 1 } }),
  });
  const take = () => {
    const pieces = waiting.current.splice(0);
    const last = pieces.at(-1);
    if (!last) return;
    setSize(last.offset);
    setRaw((before) => {
      const start = pieces.findLastIndex(({ restarted }) => restarted);
      const text = (start < 0 ? before : "") +
        pieces.slice(Math.max(0, start)).map((piece) => piece.text).join("");
      if (text.length > mostCharacters) cut.current = true;
      return lastLines(text, mostCharacters);
    });
  };
  const state = useEventSource(
    apiUrl(taskPath(id, "/log/stream"), { tail: tailBytes }),
    ["log"],
    (_name, value) => {
      const piece = value as Piece;
      if (size === 0 && raw === "" && bytesOf(piece.text) < piece.offset) cut.current = true;
      // Many pieces come at once: one drawing for all of them.
      if (waiting.current.push(piece) === 1) requestAnimationFrame(take);
    },
  );
  const text = useMemo(() => plainLog(raw), [raw]);
  const { ref, following, toEnd, onScroll } = useFollowScroll(text);
  if (text === "") {
    return (
      <p className="soft">
        {file === undefined || (file.exists && file.size_bytes > 0)
          ? "Reading the log…"
          : running
          ? "The worker has not written anything yet."
          : "No worker has written anything for this task."}
      </p>
    );
  }
  return (
    <div className="log">
      <p className="log-head">
        <span className="log-state" data-state={running ? state : "ended"}>
          {running ? state === "open" ? "live" : "connecting…" : "not running"}
        </span>
        <span className="faint">{fileSize(size)}</span>
        {cut.current && <span className="faint">· the end is shown</span>}
        {file && <span className="faint mono log-path">{file.path}</span>}
      </p>
      <div
        ref={ref}
        className="log-text"
        role="log"
        aria-label="Worker log"
        aria-live="off"
        tabIndex={0}
        onScroll={onScroll}
      >
        <pre dir="auto">{text}</pre>
      </div>
      {!following && (
        <Button size="small" className="log-jump" onClick={toEnd}>
          <Icon name="chevronDown" size={12} /> Jump to latest
        </Button>
      )}
    </div>
  );
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
