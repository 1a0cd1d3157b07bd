// Owns: who plans, who gets what nobody fits, and whether ideas are split without asking.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { send } from "../api/client.ts";
import { homeKey } from "../api/keys.ts";
import { useOrchestration, useProfiles } from "../api/queries.ts";
import type { Orchestration, Profile } from "../api/shapes.ts";
import { profileChoices } from "../format/profile_choices.ts";
import { Combobox } from "../parts/combobox.tsx";
import { Checkbox, Field } from "../parts/field.tsx";
import { Failure, SkeletonLines } from "../parts/skeleton.tsx";
import { showError, showToast } from "../parts/toast_store.ts";
import { DescriptionEditor } from "./description_editor.tsx";

type Change = Partial<
  Pick<
    Orchestration,
    "orchestrator_profile" | "default_assignee" | "auto_decompose" | "auto_promote_children"
  >
>;

export function OrchestrationPanel() {
  const { data, error, refetch } = useOrchestration();
  const { data: profiles } = useProfiles();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (body: Change) => send<Orchestration>("PUT", "/orchestration", { body }),
    onSuccess: (answer) => {
      client.setQueryData(homeKey("orchestration"), answer);
      if (answer.warning) showToast({ text: answer.warning });
    },
    onError: (error) => showError("Nothing was changed", error),
  });
  if (error && !data) {
    return <Failure title="The settings cannot be shown" error={error} onRetry={refetch} />;
  }
  if (!data || !profiles) return <SkeletonLines lines={8} />;
  const pending = change.isPending ? change.variables : undefined;
  const shown = { ...data, ...pending };
  return (
    <>
      <section className="settings-section" aria-labelledby="orchestration-head">
        <h2 id="orchestration-head">Orchestration settings</h2>
        <div className="settings-check">
          <Checkbox
            label="Orchestration mode"
            aria-describedby="orchestration-mode"
            checked={shown.auto_decompose}
            disabled={change.isPending}
            onChange={(event) => change.mutate({ auto_decompose: event.target.checked })}
          />
          <p id="orchestration-mode" className="field-note">
            {shown.auto_decompose
              ? "Auto: ideas in Triage are split into tasks and assigned without asking."
              : "Manual: ideas wait until you ask, and a plan waits for your approval."}
          </p>
        </div>
        <div className="settings-check">
          <Checkbox
            label="Start the tasks of a plan at once"
            aria-describedby="orchestration-promote"
            checked={shown.auto_promote_children}
            disabled={change.isPending}
            onChange={(event) => change.mutate({ auto_promote_children: event.target.checked })}
          />
          <p id="orchestration-promote" className="field-note">
            {shown.auto_promote_children
              ? "What a plan creates starts as soon as nothing stands in its way."
              : "What a plan creates is parked in To do until you let it go."}
          </p>
        </div>
        <div className="settings-grid">
          <RolePicker
            label="Orchestrator"
            use="Owns ideas that were split, and judges the result."
            configured={data.orchestrator_profile}
            resolved={data.resolved_orchestrator_profile}
            profiles={profiles}
            onChange={(orchestrator_profile) => change.mutate({ orchestrator_profile })}
          />
          <RolePicker
            label="Default assignee"
            use="Gets the tasks that no profile's description fits."
            configured={data.default_assignee}
            resolved={data.resolved_default_assignee}
            profiles={profiles}
            onChange={(default_assignee) => change.mutate({ default_assignee })}
          />
        </div>
      </section>
      <section className="settings-section" aria-labelledby="descriptions-head">
        <h2 id="descriptions-head">Profile descriptions</h2>
        <p className="soft">
          The planner routes by these. Say what a profile is good at, and what it should not get.
        </p>
        <ul className="descriptions">
          {profiles.map((profile) => (
            <li key={profile.name}>
              <DescriptionEditor profile={profile} />
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function RolePicker(
  { label, use, configured, resolved, profiles, onChange }: {
    label: string;
    use: string;
    /** "" = nobody chose. */
    configured: string;
    resolved: string;
    profiles: readonly Profile[];
    onChange(name: string): void;
  },
) {
  const fallback = configured === ""
    ? `Nobody is chosen: ${resolved} is used.`
    : configured === resolved
    ? null
    : `There is no profile ${configured}: ${resolved} is used.`;
  return (
    <Field label={label} hint={[use, fallback].filter(Boolean).join(" ")}>
      {({ id }) => (
        <Combobox
          id={id}
          label={label}
          value={configured}
          placeholder={`Fallback: ${resolved}`}
          emptyChoice={configured === "" ? `Fallback: ${resolved}` : "Nobody: use the fallback"}
          choices={profileChoices(profiles)}
          onChange={(name) => name !== configured && onChange(name)}
        />
      )}
    </Field>
  );
}
