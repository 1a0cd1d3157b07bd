// Owns: figures as a Markdown table. Pure.

import { budgetUsed, type Figure, type Unit } from "./figure.ts";

const heads = ["Row", "Budget", "Figure", "Min–max", "Budget used", "Reference", "Against it"];

/** The table, with a line below it for every note. */
export function markdownTable(figures: readonly Figure[]): string {
  const notes: string[] = [];
  const lines = figures.map((figure) => {
    let what = figure.what;
    if (figure.note !== undefined) {
      if (!notes.includes(figure.note)) notes.push(figure.note);
      what += ` [${notes.indexOf(figure.note) + 1}]`;
    }
    return row([
      what,
      budgetText(figure),
      amount(figure.value, figure.unit),
      `${plain(figure.min)}–${plain(figure.max)}`,
      share(budgetUsed(figure)),
      figure.reference === undefined ? "" : amount(figure.reference, figure.unit),
      figure.reference === undefined ? "" : timesFaster(figure.reference / figure.value),
    ]);
  });
  const table = [row(heads), row(["---", ...heads.slice(1).map(() => "---:")]), ...lines];
  const footer = notes.map((note, index) => `[${index + 1}] ${note}`);
  return [...table, ...(footer.length > 0 ? ["", footer.join("  \n")] : [])].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function budgetText({ budget, unit }: Figure): string {
  if (budget === undefined) return "";
  return `${unit === "per s" ? "≥" : "≤"} ${amount(budget, unit)}`;
}

function share(used: number | null): string {
  return used === null ? "" : `${Math.round(used * 100)} %`;
}

function timesFaster(ratio: number): string {
  return ratio >= 1 ? `${plain(ratio)} × faster` : `${plain(1 / ratio)} × slower`;
}

function amount(value: number, unit: Unit): string {
  return `${plain(value)} ${unit}`;
}

/** Three digits that count; whole numbers from 100 on, with thousands set apart. */
function plain(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString("en");
  return String(Number(value.toPrecision(value >= 1 ? 3 : 2)));
}
