// Owns: the lines of a transcript as what is shown: messages, calls with their results, notes. Pure.

export type Entry = Record<string, unknown>;

export type Item =
  | { kind: "message"; role: string; text: string }
  | { kind: "call"; tool: string; given: string; answer: string | null; failed: boolean }
  | { kind: "note"; text: string; more: string | null };

/** Calls and their results belong together by id; lines nobody knows are shown as they are. */
export function itemsOf(entries: readonly Entry[]): Item[] {
  const items: Item[] = [];
  const open = new Map<string, Extract<Item, { kind: "call" }>>();
  for (const entry of entries) {
    switch (entry["kind"]) {
      case "message":
        items.push({ kind: "message", role: textOf(entry["role"]), text: textOf(entry["text"]) });
        break;
      case "call": {
        const call = {
          kind: "call" as const,
          tool: textOf(entry["tool"]),
          given: textOf(entry["arguments"]),
          answer: null,
          failed: false,
        };
        open.set(textOf(entry["id"]), call);
        items.push(call);
        break;
      }
      case "result": {
        const id = textOf(entry["id"]);
        const answer = textOf(entry["text"]);
        const failed = entry["failed"] === true;
        const call = open.get(id);
        if (call) Object.assign(call, { answer, failed });
        else items.push({ kind: "call", tool: textOf(entry["tool"]), given: "", answer, failed });
        open.delete(id);
        break;
      }
      case "start":
        items.push(note(`Began as ${textOf(entry["profile"])} with ${textOf(entry["model"])}`));
        break;
      case "compaction":
        items.push(note("Older messages were summed up", textOf(entry["note"])));
        break;
      case "end":
        items.push(note(`Ended: ${textOf(entry["reason"])}`));
        break;
      case "usage":
        break;
      default:
        items.push(note(textOf(entry["kind"]) || "Something else", JSON.stringify(entry, null, 2)));
    }
  }
  return items;
}

/** The first thing in a call's arguments that says what it is about. */
export function gistOf(given: string): string {
  try {
    const value = JSON.parse(given);
    if (typeof value !== "object" || value === null) return given;
    const first = Object.values(value).find((part) => typeof part === "string" && part !== "");
    return typeof first === "string" ? first.split("\n")[0]! : "";
  } catch {
    return given.split("\n")[0]!;
  }
}

/** Arguments with line breaks where they are JSON. */
export function laidOut(given: string): string {
  try {
    return JSON.stringify(JSON.parse(given), null, 2);
  } catch {
    return given;
  }
}

function note(text: string, more: string | null = null): Item {
  return { kind: "note", text, more };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
}
