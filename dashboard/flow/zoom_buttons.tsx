// Owns: the buttons in the corner of a drawn graph.

import { Panel, useReactFlow } from "@xyflow/react";
import { IconButton } from "../parts/button.tsx";

export function ZoomButtons({ onFit }: { onFit(): void }) {
  const { zoomIn, zoomOut } = useReactFlow();
  return (
    <Panel position="bottom-left" className="flow-buttons">
      <IconButton icon="plus" label="Zoom in" hint="+" onClick={() => zoomIn()} />
      <IconButton icon="minus" label="Zoom out" hint="−" onClick={() => zoomOut()} />
      <IconButton icon="fit" label="Show all of it" hint="F" onClick={onFit} />
    </Panel>
  );
}
