// Owns: the feed: page after page backwards, and what is new at its top.

import { type InfiniteData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { FeedOutput } from "../../src/ops/views/feed.ts";
import { get } from "../api/client.ts";
import { key } from "../api/keys.ts";
import { useLiveEvents } from "../api/live_provider.tsx";
import type { TaskEvent } from "../api/shapes.ts";
import { belongs, type KindGroup, kindsOf } from "./kind_groups.ts";

export type FeedEvent = FeedOutput["events"][number];

export interface ActivityFilter {
  group: KindGroup | null;
  /** "" = everybody. */
  assignee: string;
}

type Pages = InfiniteData<FeedOutput, number | null>;

const pageSize = 50;
/** Bursts of events cause one look at the top, this many milliseconds after the first of them. */
const lookMs = 300;

export function useActivity(filter: ActivityFilter) {
  const client = useQueryClient();
  const { group, assignee } = filter;
  const queryKey = useMemo(() => key("activity", group, assignee), [group, assignee]);
  const read = useCallback(
    (before: number | null, signal?: AbortSignal) =>
      get<FeedOutput>("/feed", {
        signal,
        query: { before, limit: pageSize, kinds: group && kindsOf(group), assignee },
      }),
    [group, assignee],
  );
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });
  const [head, setHead] = useState<FeedOutput | null>(null);
  useEffect(() => setHead(null), [queryKey]);

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), [queryKey]);
  useLiveEvents(useCallback((events: readonly TaskEvent[]) => {
    if (!events.some(({ kind }) => belongs(kind, group))) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      // The next event tries again.
      read(null).then(setHead, () => {});
    }, lookMs);
  }, [group, read]));

  const events = useMemo(() => query.data?.pages.flatMap((page) => page.events) ?? [], [
    query.data,
  ]);
  const top = events[0]?.id ?? 0;
  const fresh = head?.events.filter(({ id }) => id > top) ?? [];
  /** Puts what is new on top. */
  const takeFresh = useCallback(() => {
    if (!head) return;
    client.setQueryData<Pages>(queryKey, (data) => data && withHead(data, head));
    setHead(null);
  }, [client, queryKey, head]);
  return {
    query,
    events,
    /** New events that are not shown yet; there may be more when it is a whole page. */
    freshCount: fresh.length,
    freshIsMore: fresh.length === pageSize,
    takeFresh,
  };
}

/** What is newer is put before the first page; a gap between them drops the old ones. */
function withHead(data: Pages, head: FeedOutput): Pages {
  const [first] = data.pages;
  const top = first?.events[0]?.id ?? 0;
  const newer = head.events.filter(({ id }) => id > top);
  if (!first || newer.length === head.events.length) return { pages: [head], pageParams: [null] };
  const joined = { ...first, events: [...newer, ...first.events] };
  return { ...data, pages: [joined, ...data.pages.slice(1)] };
}
