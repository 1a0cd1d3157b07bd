// Owns: the page that says what models were used for, and what it cost.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "wouter";
import type { UsageOutput } from "../../src/ops/runs/usage.ts";
import { get } from "../api/client.ts";
import { key } from "../api/keys.ts";
import { Select } from "../parts/field.tsx";
import { Empty, Failure, SkeletonLines } from "../parts/skeleton.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { DayChart } from "./day_chart.tsx";
import { UsageTable } from "./usage_table.tsx";
import { UsageTotals } from "./usage_totals.tsx";

/** Spans one can look back over, by the word the server takes. */
const spans = {
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "": "All time",
};

/** What sums can be taken by, in the order of the tabs. */
const groupings = {
  profile: "Profile",
  model: "Model",
  graph: "Idea",
  task: "Task",
  board: "Board",
} as const;

const firstSpan = "7d";

export default function UsagePage() {
  const [search, setSearch] = useSearchParams();
  const since = search.get("since") ?? firstSpan;
  const by = search.get("by") ?? "profile";
  const set = (name: string, value: string) =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      next.set(name, value);
      return next;
    }, { replace: true });
  const days = useUsage("day", since);

  return (
    <div className="page-padded usage">
      <div className="row usage-head">
        <h2>Tokens and cost</h2>
        <span className="spacer" />
        <Select
          aria-label="Time span"
          className="usage-span"
          value={since}
          onChange={(event) => set("since", event.target.value)}
        >
          {Object.entries(spans).map(([value, words]) => (
            <option key={value} value={value}>{words}</option>
          ))}
        </Select>
      </div>
      {days.error
        ? <Failure title="Usage cannot be shown" error={days.error} onRetry={days.refetch} />
        : !days.data
        ? <SkeletonLines lines={6} />
        : days.data.total.runs + days.data.total.calls === 0
        ? (
          <Empty icon="usage" title="Nothing was used in this time">
            Every attempt of a worker and every call of the planner is counted here, with its tokens
            and, where the price of the model is known, its cost.
          </Empty>
        )
        : (
          <>
            <UsageTotals total={days.data.total} />
            <DayChart rows={days.data.rows} />
            <Tabs
              label="Add up by"
              value={by}
              onChange={(id) => set("by", id)}
              tabs={Object.entries(groupings).map(([id, label]) => ({
                id,
                label,
                content: <Grouping by={id} since={since} label={label} />,
              }))}
            />
          </>
        )}
    </div>
  );
}

function Grouping({ by, since, label }: { by: string; since: string; label: string }) {
  const { data, error, refetch } = useUsage(by, since);
  if (error) return <Failure title="These sums cannot be shown" error={error} onRetry={refetch} />;
  return data ? <UsageTable usage={data} label={label} /> : <SkeletonLines lines={4} />;
}

function useUsage(by: string, since: string) {
  return useQuery({
    queryKey: key("usage", by, since),
    queryFn: ({ signal }) =>
      get<UsageOutput>("/usage", { signal, query: { by, since, limit: 200 } }),
    placeholderData: keepPreviousData,
  });
}
