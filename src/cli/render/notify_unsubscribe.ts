// Owns: the text of `notify-unsubscribe`.

import type { NotifyUnsubscribeOutput } from "../../ops/tasks/notify.ts";
import { oneLine } from "../terminal.ts";

export function text({ task_id, platform, chat_id }: NotifyUnsubscribeOutput): string {
  return `Unsubscribed ${oneLine(`${platform} ${chat_id}`)} from ${task_id}`;
}
