// Owns: mounting what lies over the application, and the keyboard with it.

import { useEffect } from "react";
import { later, loadWhenIdle } from "../parts/later.tsx";
import { Rendered } from "../parts/markdown.tsx";
import { taskDrawer } from "../shell/pages.ts";
import { useOverlay } from "./overlay.ts";
import { useKeys } from "./use_keys.ts";

const Palette = later(() => import("../palette/palette.tsx"));
const ShortcutSheet = later(() => import("./sheet.tsx"));

/** What a key or a click opens over the page: there before it is asked for. */
const soon = [taskDrawer.component, Rendered, Palette, ShortcutSheet];

export function Overlays() {
  useKeys();
  useEffect(() => loadWhenIdle(soon), []);
  const overlay = useOverlay();
  return (
    <>
      {overlay?.kind === "palette" && <Palette step={overlay.step} ids={overlay.ids} />}
      {overlay?.kind === "sheet" && <ShortcutSheet />}
    </>
  );
}
