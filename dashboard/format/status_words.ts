// Owns: what statuses and outcomes are called.

const statusTitles: Readonly<Record<string, string>> = {
  triage: "Triage",
  todo: "To do",
  ready: "Ready",
  running: "In progress",
  blocked: "Blocked",
  done: "Done",
  archived: "Archived",
};

/** `In progress` for `running`; a status of another program is called what it is. */
export function statusTitle(status: string): string {
  return statusTitles[status] ?? status;
}

/** `timed out` for `timed_out`; an attempt without an outcome is running. */
export function outcomeWords(outcome: string | null): string {
  return outcome === null ? "running" : outcome.replaceAll("_", " ");
}
