// Owns: drawing a graph that one pans, zooms and walks with the arrows. Only what is seen exists.

import {
  Background,
  type Connection,
  type Edge,
  getViewportForBounds,
  MarkerType,
  MiniMap,
  type Node,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStoreApi,
} from "@xyflow/react";
import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { type FlowDrawing, FlowEdge, FlowNode, FlowProvider, type Held } from "./elements.tsx";
import { layOut } from "./layered.ts";
import { neighbourOf } from "./neighbours.ts";
import type { Direction, Line, Size } from "./shape.ts";
import { ZoomButtons } from "./zoom_buttons.tsx";

/** How a line looks: `strong` is on the chosen way, `faint` beside it, `loose` does not hold back. */
export type LineLook = "plain" | "strong" | "faint" | "loose";

export interface FlowLine extends Line {
  look: LineLook;
}

export interface CanvasProps extends FlowDrawing {
  /** What is drawn, as a name for people who do not see it. */
  label: string;
  ids: readonly string[];
  lines: readonly FlowLine[];
  size: Size;
  direction: Direction;
  /** CSS colour of a node on the small map; another function draws the map again. */
  colourOf(id: string): string;
  /** Node that has the keys first; the one in the corner unless given. */
  first?: string;
  /** Given: lines can be drawn from node to node, and clicked. */
  connect?: {
    allowed(from: string, to: string): boolean;
    onConnect(from: string, to: string): void;
    onLine(id: string): void;
  };
  children?: ReactNode;
}

/** Fills the box it is in. Arrows move between nodes, Enter opens, F fits, + and − zoom. */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Drawing {...props} />
    </ReactFlowProvider>
  );
}

const nodeTypes = { task: FlowNode };
const edgeTypes = { way: FlowEdge };

function Drawing(props: CanvasProps) {
  const { label, ids, lines, size, direction, colourOf, connect } = props;
  const flow = useReactFlow();
  const store = useStoreApi();
  const box = useRef<HTMLDivElement>(null);
  const laid = useLayout(ids, lines, size, direction);
  const [held, setHeld] = useState<Held>({ id: props.first ?? "", focus: false });
  const id = laid.places.has(held.id) ? held.id : laid.first ?? "";

  const nodes = useMemo(() =>
    ids.map((id): Node => ({
      id,
      type: "task",
      position: laid.places.get(id)!,
      data: {},
      width: size.width,
      height: size.height,
      handles: handlesOf(size, direction),
    })), [ids, laid, size, direction]);
  const edges = useMemo(() =>
    lines.flatMap((line): Edge[] => {
      const path = laid.paths.get(line.id);
      if (path === undefined) return [];
      const { id, from, to, look } = line;
      return [{
        id,
        type: "way",
        source: from,
        target: to,
        className: `flow-line flow-line-${look}`,
        data: { path },
        markerEnd: { type: MarkerType.ArrowClosed, color: colourOfLine[look], ...arrow },
      }];
    }), [lines, laid]);

  const fit = (least: number) => {
    const { width, height } = store.getState();
    if (width === 0) return;
    const whole = { x: 0, y: 0, width: laid.width, height: laid.height };
    const view = getViewportForBounds(whole, width, height, least, 1, 0.08);
    // What does not fit begins at its beginning.
    if (laid.width * view.zoom > width) view.x = margin;
    if (laid.height * view.zoom > height) view.y = margin;
    return flow.setViewport(view);
  };
  useEffect(() => {
    const frame = requestAnimationFrame(() => void fit(readableZoom));
    return () => cancelAnimationFrame(frame);
  }, [laid, flow]);

  const hold = (next: string) => {
    setHeld({ id: next, focus: true });
    const place = laid.places.get(next)!;
    const { transform: [x, y, zoom], width, height } = store.getState();
    const [left, top] = [place.x * zoom + x, place.y * zoom + y];
    const seen = left >= 0 && top >= 0 && left + size.width * zoom <= width &&
      top + size.height * zoom <= height;
    if (seen && zoom > 0.4) return;
    const middle = [place.x + size.width / 2, place.y + size.height / 2] as const;
    flow.setCenter(...middle, { zoom: Math.max(zoom, 0.6) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    // The canvas itself is focused when the node that has the keys is out of sight.
    const onCanvas = event.target === box.current;
    const next = event.key === "Home" || (onCanvas && event.key.startsWith("Arrow"))
      ? onCanvas && event.key !== "Home" ? id : laid.first
      : event.key === "End"
      ? ids.at(-1)
      : neighbourOf(event.key, id, laid.places);
    if (next) hold(next);
    else if (event.key === "f") fit(leastZoom);
    else if (event.key === "+" || event.key === "=") flow.zoomIn();
    else if (event.key === "-") flow.zoomOut();
    else if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const nodeColor = useCallback(({ id }: Node) => colourOf(id), [colourOf]);
  const { draw, onOpen } = props;
  const drawing = useMemo(() => ({
    draw,
    onOpen,
    direction,
    connectable: connect !== undefined,
    held: { id, focus: held.focus },
    onHeld: (id: string) => setHeld({ id, focus: false }),
  }), [draw, onOpen, direction, connect !== undefined, id, held]);

  return (
    <div
      className="flow"
      ref={box}
      tabIndex={0}
      role="group"
      aria-label={`${label}; arrows move between tasks`}
      onKeyDown={onKeyDown}
    >
      <FlowProvider value={drawing}>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onlyRenderVisibleElements
          nodesDraggable={false}
          nodesConnectable={connect !== undefined}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          panActivationKeyCode={null}
          minZoom={leastZoom}
          maxZoom={2}
          proOptions={{ hideAttribution: true }}
          isValidConnection={({ source, target }) => connect?.allowed(source, target) ?? false}
          onConnect={({ source, target }: Connection) => connect?.onConnect(source, target)}
          onEdgeClick={(_, { id }) => connect?.onLine(id)}
        >
          <Background gap={24} size={1} />
          {ids.length >= worthAMap && (
            <MiniMap
              className="flow-map"
              nodeColor={nodeColor}
              nodeBorderRadius={8}
              pannable
              zoomable
              ariaLabel="Small map of the whole graph"
            />
          )}
          <ZoomButtons onFit={() => fit(leastZoom)} />
          {props.children}
        </ReactFlow>
      </FlowProvider>
    </div>
  );
}

/** Fewer nodes than this are seen all at once anyway. */
const worthAMap = 9;
const leastZoom = 0.05;
/** A graph opens at least this big, even when it does not fit then. */
const readableZoom = 0.5;
/** Around a graph that does not fit, in px. */
const margin = 24;

const colourOfLine: Readonly<Record<LineLook, string>> = {
  plain: "var(--text-faint)",
  strong: "var(--accent)",
  faint: "var(--border-strong)",
  loose: "var(--text-faint)",
};

const arrow = { width: 18, height: 18, markerUnits: "userSpaceOnUse" };

/** The layout, worked out again only when nodes come or go, lines change or the direction does. */
function useLayout(
  ids: readonly string[],
  lines: readonly FlowLine[],
  size: Size,
  direction: Direction,
) {
  const shape = useMemo(
    () => JSON.stringify([ids, lines.map(({ id, from, to }) => [id, from, to]), size, direction]),
    [ids, lines, size, direction],
  );
  return useMemo(() => layOut(ids, lines, size, direction), [shape]);
}

/** Where lines begin and end, told beforehand: nodes out of sight are never measured. */
function handlesOf({ width, height }: Size, direction: Direction) {
  const dot = { width: 1, height: 1 };
  return direction === "right"
    ? [
      { ...dot, type: "target" as const, position: "left" as never, x: 0, y: height / 2 },
      { ...dot, type: "source" as const, position: "right" as never, x: width, y: height / 2 },
    ]
    : [
      { ...dot, type: "target" as const, position: "top" as never, x: width / 2, y: 0 },
      { ...dot, type: "source" as const, position: "bottom" as never, x: width / 2, y: height },
    ];
}
