// Owns: the text of `notify-list`.

import type { NotifyListOutput } from "../../ops/tasks/notify.ts";
import { table } from "../table.ts";
import { oneLine, type Screen } from "../terminal.ts";
import { name, stamp } from "./words.ts";

export function text({ subscriptions }: NotifyListOutput, screen: Screen): string {
  if (subscriptions.length === 0) return "(no subscriptions)";
  const rows = subscriptions.map((each) => [
    each.task_id,
    oneLine(each.platform),
    oneLine(each.chat_id),
    name(each.thread_id),
    name(each.user_id),
    stamp(each.created_at),
  ]);
  const heading = ["TASK", "PLATFORM", "CHAT", "THREAD", "USER", "SINCE"];
  return table([heading, ...rows], screen.width).join("\n");
}
