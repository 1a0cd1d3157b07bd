// Owns: keys as they are shown to people.

import { Fragment } from "react";

const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

/** `Mod+k` → `⌘K` or `Ctrl K`. */
export function keyText(keys: string): string {
  return keys.replace("Mod+k", isMac ? "⌘K" : "Ctrl K");
}

/** Each key in a frame of its own. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className="keys">
      {keyText(keys).split(" ").map((each, index) => (
        <Fragment key={index}>
          {index > 0 && " "}
          <kbd className="key">{each}</kbd>
        </Fragment>
      ))}
    </span>
  );
}
