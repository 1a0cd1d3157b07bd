// Owns: the pill that says whether ideas in triage are split without asking, and flips it.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { send } from "../api/client.ts";
import { homeKey } from "../api/keys.ts";
import { useOrchestration } from "../api/queries.ts";
import type { Orchestration } from "../api/shapes.ts";
import { Tip } from "../parts/tip.tsx";
import { showError } from "../parts/toast_store.ts";

const words = "Auto: ideas in triage are split into tasks and assigned without asking. " +
  "Manual: they wait until you ask, and the plan waits for your approval.";

export function OrchestrationPill() {
  const { data } = useOrchestration();
  const flip = useFlipOrchestration();
  if (!data) return null;
  const { auto_decompose: auto } = data;
  return (
    <Tip text={words}>
      <button
        type="button"
        className="pill"
        data-auto={auto || undefined}
        aria-pressed={auto}
        disabled={flip.isPending}
        onClick={() => flip.mutate(!auto)}
      >
        Orchestration: {auto ? "Auto" : "Manual"}
      </button>
    </Tip>
  );
}

/** Sets auto (true) or manual; the pill and the settings show the server's answer. */
export function useFlipOrchestration() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (auto: boolean) =>
      send<Orchestration>("PUT", "/orchestration", { body: { auto_decompose: auto } }),
    onSuccess: (answer) => client.setQueryData(homeKey("orchestration"), answer),
    onError: (error) => showError("The mode stays as it was", error),
  });
}
