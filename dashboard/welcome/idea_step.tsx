// Owns: the first idea: typed or taken from a sample, put into Triage.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { send } from "../api/client.ts";
import { boardScope, homeKey } from "../api/keys.ts";
import { useOrchestration } from "../api/queries.ts";
import { Button } from "../parts/button.tsx";
import { CopyBlock } from "../parts/copy_block.tsx";
import { Field, TextArea } from "../parts/field.tsx";
import { leaveWelcome } from "./fresh.ts";

const samples = [
  "Compare three ways to back up a home server and recommend one",
  "Write a command-line unit converter with tests and a short manual",
  "Publish a small static site about the tides",
];

export function IdeaStep() {
  const [idea, setIdea] = useState("");
  const [, navigate] = useLocation();
  const { data: orchestration } = useOrchestration();
  const client = useQueryClient();
  const drop = useMutation({
    mutationFn: () => send("POST", "/tasks", { body: { title: idea.trim(), triage: true } }),
    onSuccess: () => {
      client.invalidateQueries({ queryKey: boardScope() });
      client.invalidateQueries({ queryKey: homeKey("boards") });
      leaveWelcome();
      navigate("/");
    },
  });
  return (
    <>
      <p>
        Say roughly what you want. The planner splits it into tasks and gives each to the profile
        whose description fits
        {orchestration && !orchestration.auto_decompose ? ", once you press Decompose" : ""}.
      </p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          drop.mutate();
        }}
      >
        <Field label="A rough idea" error={drop.error?.message ?? null}>
          {({ id }) => (
            <TextArea
              id={id}
              rows={2}
              value={idea}
              onChange={(event) => setIdea(event.target.value)}
            />
          )}
        </Field>
        <div className="welcome-samples">
          {samples.map((sample) => (
            <button
              key={sample}
              type="button"
              className="welcome-sample"
              onClick={() => setIdea(sample)}
            >
              {sample}
            </button>
          ))}
        </div>
        <div className="row">
          <Button
            type="submit"
            look="primary"
            busy={drop.isPending}
            disabled={idea.trim() === ""}
          >
            Put it into Triage
          </Button>
        </div>
      </form>
      <p className="soft">The gateway plans and starts workers. It has to run somewhere:</p>
      <CopyBlock label="Start the gateway" text="hermes gateway start" />
    </>
  );
}
