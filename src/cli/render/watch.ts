// Owns: the text of one event of `watch`.

import type { WatchItem } from "../../ops/views/watch.ts";
import { fit } from "../table.ts";
import { oneLine, type Screen } from "../terminal.ts";
import { eventLine } from "./event_line.ts";
import { name } from "./words.ts";

export function text(event: WatchItem, screen: Screen): string {
  const task = `${event.task_id}  @${name(event.assignee)}  ${fit(oneLine(event.title), 40)}`;
  return `${task}  ${eventLine(event, screen)}`;
}
