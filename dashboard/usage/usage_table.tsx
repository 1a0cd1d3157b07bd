// Owns: sums by one dimension, the most expensive first, with a bar each.

import type { UsageOutput } from "../../src/ops/runs/usage.ts";
import { tokens } from "../format/money.ts";
import { taskHref, useOpenTask } from "../shell/place.ts";
import { costWords } from "./cost.ts";

type Row = UsageOutput["rows"][number];

export function UsageTable({ usage, label }: { usage: UsageOutput; label: string }) {
  const { rows, more, by } = usage;
  const byCost = rows.some((row) => row.cost_usd !== null);
  const size = (row: Row) =>
    byCost ? row.cost_usd ?? 0 : (row.input_tokens ?? 0) + (row.output_tokens ?? 0);
  const highest = Math.max(...rows.map(size), Number.MIN_VALUE);
  return (
    <div className="usage-scroll" tabIndex={0} role="region" aria-label={`Usage by ${label}`}>
      <table className="usage-table">
        <thead>
          <tr>
            <th scope="col">{label}</th>
            <th scope="col" className="usage-number">Cost</th>
            <th scope="col" className="usage-number">Tokens in</th>
            <th scope="col" className="usage-number">Tokens out</th>
            <th scope="col" className="usage-number">Runs and calls</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key ?? ""}>
              <th scope="row">
                <Name row={row} isTask={by === "task" || by === "graph"} />
                <span
                  className="usage-bar"
                  style={{ width: `${100 * size(row) / highest}%` }}
                  aria-hidden="true"
                />
              </th>
              <td className="usage-number">{costWords(row)}</td>
              <td className="usage-number">{count(row.input_tokens)}</td>
              <td className="usage-number">{count(row.output_tokens)}</td>
              <td className="usage-number">{row.runs + row.calls}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more && <p className="soft">The most expensive {rows.length} are shown.</p>}
    </div>
  );
}

function Name({ row, isTask }: { row: Row; isTask: boolean }) {
  const open = useOpenTask();
  const { key, title } = row;
  if (key === null) return <span className="faint">none</span>;
  if (!isTask) return <span className="clip">{key}</span>;
  return (
    <a
      className="clip"
      href={taskHref(key)}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        open(key);
      }}
    >
      {title ?? key}
    </a>
  );
}

function count(value: number | null): string {
  return value === null ? "unknown" : tokens(value);
}
