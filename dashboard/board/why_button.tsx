// Owns: asking a card why it waits.

import { useState } from "react";
import { useWhy } from "../api/queries.ts";
import type { Card, Why } from "../api/shapes.ts";
import { Icon } from "../parts/icon.tsx";
import { Popover } from "../parts/popover.tsx";
import { Failure, SkeletonLines } from "../parts/skeleton.tsx";

/** An hourglass; its panel names everything that has to change before the task runs. */
export function WhyButton({ card, tabbable }: { card: Card; tabbable: boolean }) {
  const [open, setOpen] = useState(false);
  const trigger = (
    <button
      type="button"
      className="card-why"
      tabIndex={tabbable ? 0 : -1}
      aria-label={`Why is this waiting? ${card.title}`}
      title="Why is this waiting?"
    >
      <Icon name="waiting" size={12} />
    </button>
  );
  return (
    <Popover
      trigger={trigger}
      label="Why is this waiting?"
      open={open}
      onOpenChange={setOpen}
      width={320}
      align="end"
    >
      {open && <WhyPanel id={card.id} />}
    </Popover>
  );
}

function WhyPanel({ id }: { id: string }) {
  const { data, error } = useWhy(id, true);
  return (
    <div className="why">
      {error
        ? <Failure title="No answer" error={error} />
        : data
        ? <WhyWords why={data} />
        : <SkeletonLines lines={3} />}
    </div>
  );
}

/** The verdict and each gate in a sentence, with what opens it. */
export function WhyWords({ why }: { why: Why }) {
  return (
    <>
      <p className="why-verdict">{why.text}</p>
      {why.gates.length > 0 && (
        <ol className="why-gates">
          {why.gates.map((gate) => (
            <li key={`${gate.gate} ${gate.owner_name ?? ""}`}>
              <span className="anywhere">{gate.text}</span>
              {gate.remedy && <code className="anywhere">{gate.remedy}</code>}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
