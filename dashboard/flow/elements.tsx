// Owns: one node and one line of a drawn graph.

import { BaseEdge, type EdgeProps, Handle, type NodeProps, Position } from "@xyflow/react";
import { createContext, memo, type ReactNode, useContext, useEffect, useRef } from "react";
import type { Direction } from "./shape.ts";

/** What the page says about its nodes. */
export interface FlowDrawing {
  /** The inside of a node; its text is the node's name. */
  draw(id: string): ReactNode;
  /** Clicked, or Enter. */
  onOpen(id: string): void;
}

/** The node that has the keys; `focus` when it shall have the browser's focus too. */
export interface Held {
  id: string;
  focus: boolean;
}

interface Shared extends FlowDrawing {
  direction: Direction;
  connectable: boolean;
  held: Held;
  onHeld(id: string): void;
}

const Context = createContext<Shared | null>(null);
export const FlowProvider = Context.Provider;

export const FlowNode = memo(function FlowNode({ id }: NodeProps) {
  const { draw, onOpen, onHeld, held, direction, connectable } = useContext(Context)!;
  const button = useRef<HTMLButtonElement>(null);
  const isHeld = held.id === id;
  const wanted = isHeld && held.focus;
  useEffect(() => {
    // A node comes into being as it comes into sight, which may be later than the key.
    if (wanted) button.current?.focus({ preventScroll: true });
  }, [wanted]);
  const right = direction === "right";
  return (
    <>
      <Handle
        type="target"
        position={right ? Position.Left : Position.Top}
        isConnectable={connectable}
      />
      <button
        type="button"
        ref={button}
        className="flow-node"
        data-node={id}
        tabIndex={isHeld ? 0 : -1}
        onFocus={() => !isHeld && onHeld(id)}
        onClick={() => onOpen(id)}
      >
        {draw(id)}
      </button>
      <Handle
        type="source"
        position={right ? Position.Right : Position.Bottom}
        isConnectable={connectable}
      />
    </>
  );
});

export const FlowEdge = memo(function FlowEdge({ id, data, markerEnd }: EdgeProps) {
  return <BaseEdge id={id} path={String(data?.["path"] ?? "")} markerEnd={markerEnd} />;
});
