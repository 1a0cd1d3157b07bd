// Owns: where the arrows take a card that was picked up by keyboard.

import type { KeyboardCoordinateGetter } from "@dnd-kit/core";

/** Left and right: the middle of the next column that takes the card. Other keys do nothing. */
export const nextColumn: KeyboardCoordinateGetter = (event, { context, currentCoordinates }) => {
  const step = event.code === "ArrowRight" ? 1 : event.code === "ArrowLeft" ? -1 : 0;
  if (step === 0) {
    if (event.code === "ArrowUp" || event.code === "ArrowDown") event.preventDefault();
    return undefined;
  }
  event.preventDefault();
  const { collisionRect, droppableContainers, over, active } = context;
  if (!collisionRect) return undefined;
  const columns = [...document.querySelectorAll<HTMLElement>("[data-column]")];
  const here = String(over?.id ?? active?.data.current?.card?.status ?? "");
  let index = columns.findIndex((column) => column.dataset.column === here);
  while (true) {
    index += step;
    const column = columns[index];
    if (!column) return undefined;
    const container = droppableContainers.get(column.dataset.column!);
    if (!container || container.disabled) continue;
    column.scrollIntoView({ inline: "nearest", block: "nearest" });
    const { left, top, width } = column.getBoundingClientRect();
    return {
      x: left + (width - collisionRect.width) / 2,
      y: Math.max(top + 48, Math.min(currentCoordinates.y, innerHeight - collisionRect.height)),
    };
  }
};
