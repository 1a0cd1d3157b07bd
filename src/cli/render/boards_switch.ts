// Owns: the text of `boards switch`.

import type { BoardsSwitchOutput } from "../../ops/boards_switch.ts";

export function text({ current }: BoardsSwitchOutput): string {
  return `Switched to board ${current}`;
}
