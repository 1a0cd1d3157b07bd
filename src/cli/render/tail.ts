// Owns: the text of one event of `tail`.

import type { TailItem } from "../../ops/views/tail.ts";
import type { Screen } from "../terminal.ts";
import { eventLine } from "./event_line.ts";

export function text(event: TailItem, screen: Screen): string {
  return eventLine(event, screen);
}
