// Owns: mounting what lies over the application, and the keyboard with it.

import { lazy, Suspense } from "react";
import { useOverlay } from "./overlay.ts";
import { useKeys } from "./use_keys.ts";

const Palette = lazy(() => import("../palette/palette.tsx"));
const ShortcutSheet = lazy(() => import("./sheet.tsx"));

export function Overlays() {
  useKeys();
  const overlay = useOverlay();
  return (
    <Suspense fallback={null}>
      {overlay?.kind === "palette" && <Palette step={overlay.step} ids={overlay.ids} />}
      {overlay?.kind === "sheet" && <ShortcutSheet />}
    </Suspense>
  );
}
