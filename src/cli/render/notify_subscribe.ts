// Owns: the text of `notify-subscribe`.

import type { NotifySubscribeOutput } from "../../ops/tasks/notify.ts";
import { oneLine } from "../terminal.ts";

export function text({ task_id, platform, chat_id, added }: NotifySubscribeOutput): string {
  const chat = oneLine(`${platform} ${chat_id}`);
  return added ? `Subscribed ${chat} to ${task_id}` : `${chat} is subscribed to ${task_id} already`;
}
