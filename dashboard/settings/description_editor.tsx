// Owns: what a profile is good at, in its own words: written by a person, or by a model and reviewed.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { send } from "../api/client.ts";
import { homeKey } from "../api/keys.ts";
import type { Profile } from "../api/shapes.ts";
import { Avatar, Badge } from "../parts/badge.tsx";
import { Button } from "../parts/button.tsx";
import { TextArea } from "../parts/field.tsx";

/** What the server says about a description that was asked for. */
interface Described {
  ok: boolean;
  profile: string;
  reason?: string;
  description: string;
}

export function DescriptionEditor({ profile }: { profile: Profile }) {
  const { name, description, description_auto: generated } = profile;
  const [text, setText] = useState(description);
  useEffect(() => setText(description), [description]);
  const put = usePutProfile(name);
  const save = useMutation({
    mutationFn: () => send<Described>("PATCH", path(name), { body: { description: text.trim() } }),
    onSuccess: (answer) => put({ description: answer.description, description_auto: false }),
  });
  const generate = useMutation({
    mutationFn: (overwrite: boolean) =>
      send<Described>("POST", `${path(name)}/describe-auto`, { body: { overwrite } }),
    onSuccess: (answer) => {
      if (answer.ok) put({ description: answer.description, description_auto: true });
    },
  });
  const changed = text.trim() !== description;
  const byHand = description !== "" && !generated;
  const problem = save.error?.message ?? generate.error?.message ??
    (generate.data && !generate.data.ok ? generate.data.reason : null);
  return (
    <div className="description" role="group" aria-label={`Description of ${name}`}>
      <div className="row">
        <Avatar name={name} />
        <h3 className="clip">{name}</h3>
        {generated && <Badge tone="amber" title="A model wrote it. Save keeps it.">review</Badge>}
      </div>
      <TextArea
        rows={2}
        aria-label={`What ${name} is good at`}
        placeholder="No description yet: the planner cannot tell what this profile is for."
        value={text}
        disabled={generate.isPending}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="row description-acts">
        <Button
          size="small"
          look={changed ? "primary" : "normal"}
          disabled={!changed && !generated}
          busy={save.isPending}
          onClick={() => save.mutate()}
        >
          {!changed && generated ? "Save as reviewed" : "Save"}
        </Button>
        <Button
          size="small"
          look="plain"
          icon="sparkle"
          busy={generate.isPending}
          title={byHand ? "Replaces what a person wrote" : "A model writes it"}
          onClick={() => generate.mutate(byHand)}
        >
          {generate.isPending
            ? "Asking the model…"
            : byHand
            ? "Replace by Auto-generate"
            : "Auto-generate"}
        </Button>
        {changed && (
          <Button size="small" look="plain" onClick={() => setText(description)}>Discard</Button>
        )}
      </div>
      {problem && (
        <p className="description-problem anywhere" role="alert">Not described: {problem}</p>
      )}
    </div>
  );
}

/** Shows what the server said, until the profiles are read again. */
function usePutProfile(name: string) {
  const client = useQueryClient();
  return (part: Partial<Profile>) => {
    client.setQueryData<Profile[]>(
      homeKey("profiles"),
      (profiles) =>
        profiles?.map((profile) => profile.name === name ? { ...profile, ...part } : profile),
    );
    client.invalidateQueries({ queryKey: homeKey("profiles") });
  };
}

function path(name: string): string {
  return `/profiles/${encodeURIComponent(name)}`;
}
