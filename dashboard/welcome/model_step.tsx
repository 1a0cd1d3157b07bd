// Owns: connecting a model: the lines to write, where, and whether it answers.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { send } from "../api/client.ts";
import { homeKey } from "../api/keys.ts";
import { useProfiles } from "../api/queries.ts";
import type { ModelCheck } from "../api/shapes.ts";
import { Button } from "../parts/button.tsx";
import { CopyBlock } from "../parts/copy_block.tsx";
import { Field, Select } from "../parts/field.tsx";
import { Icon } from "../parts/icon.tsx";
import { configLines, providers } from "./providers.ts";

export function ModelStep() {
  const [chosen, setChosen] = useState(providers[0]!);
  const { data: profiles } = useProfiles();
  const home = profiles?.find((each) => each.is_default)?.home;
  return (
    <>
      <p>
        Agents need a model that can call tools: hosted, or one on your own machine. Write these
        lines into{" "}
        <span className="mono anywhere">
          {home ? `${home}/config.yaml` : "~/.hermes/config.yaml"}
        </span>
        . A profile's own <span className="mono">config.yaml</span> may name another model.
      </p>
      <div className="welcome-provider">
        <Field label="Provider" hint={chosen.note}>
          {({ id, describedBy }) => (
            <Select
              id={id}
              aria-describedby={describedBy}
              value={chosen.id}
              onChange={(event) =>
                setChosen(providers.find(({ id }) => id === event.target.value) ?? chosen)}
            >
              {providers.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
            </Select>
          )}
        </Field>
        <CopyBlock label="Lines for config.yaml" text={configLines(chosen)} />
      </div>
      <p className="soft">
        {chosen.key === null ? "Keys never go into this page" : (
          <>
            The key stays in the environment: <span className="mono">{chosen.key}</span>
          </>
        )}
        , set where <span className="mono">hermes</span> is started, or written into the{" "}
        <span className="mono">.env</span> beside the configuration.
      </p>
      <ModelTest />
    </>
  );
}

function ModelTest() {
  const client = useQueryClient();
  const test = useMutation({
    mutationFn: () => send<ModelCheck>("POST", "/model-check"),
    onSettled: () => client.invalidateQueries({ queryKey: homeKey("profiles") }),
  });
  const { data: found } = test;
  return (
    <div className="stack">
      <div className="row">
        <Button icon="bolt" busy={test.isPending} onClick={() => test.mutate()}>
          {test.isPending ? "Asking the model…" : "Test whether it answers"}
        </Button>
      </div>
      <div role="status">
        {found?.ok && (
          <p className="welcome-good">
            <Icon name="check" /> {found.provider} / {found.model} answered
            {found.seconds ? ` after ${found.seconds} s` : ""}.
          </p>
        )}
        {found && !found.ok && (
          <p className="welcome-bad anywhere">
            {[found.reason, found.remedy].filter(Boolean).join(". ")}
          </p>
        )}
        {test.error && <p className="welcome-bad anywhere">{test.error.message}</p>}
      </div>
    </div>
  );
}
