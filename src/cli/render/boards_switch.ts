// Owns: the text of `boards switch`.

import type { BoardsSwitchOutput } from "../../ops/boards/switch.ts";

export function text({ current }: BoardsSwitchOutput): string {
  return `Switched to board ${current}`;
}
