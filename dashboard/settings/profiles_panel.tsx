// Owns: the team: every profile with what its worker runs on, new ones, and those that come with hermes.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { get } from "../api/client.ts";
import { homeKey } from "../api/keys.ts";
import { useProfiles } from "../api/queries.ts";
import type { Lanes, Profile } from "../api/shapes.ts";
import { Avatar, Badge, Chip } from "../parts/badge.tsx";
import { Button } from "../parts/button.tsx";
import { Failure, SkeletonLines } from "../parts/skeleton.tsx";
import { TemplateList } from "../team/template_list.tsx";
import { ProfileDialog } from "./profile_dialog.tsx";

export function ProfilesPanel() {
  const { data: profiles, error, refetch } = useProfiles();
  const lanes = useLanes();
  const [creating, setCreating] = useState(false);
  return (
    <>
      <section className="settings-section" aria-labelledby="team-head">
        <div className="row">
          <h2 id="team-head">The team</h2>
          <span className="spacer" />
          <Button icon="plus" onClick={() => setCreating(true)}>New profile</Button>
        </div>
        <p className="soft">
          A profile is an agent with a name: a description the planner routes by, a persona, a
          model, tools and skills. Its files lie in a folder you can edit.
        </p>
        {error && !profiles && (
          <Failure title="The profiles cannot be read" error={error} onRetry={refetch} />
        )}
        {!profiles && !error && <SkeletonLines lines={6} />}
        <ul className="profiles">
          {profiles?.map((profile) => (
            <ProfileRow key={profile.name} profile={profile} lanes={lanes} />
          ))}
        </ul>
      </section>
      <section className="settings-section" aria-labelledby="templates-head">
        <h2 id="templates-head">Ready-made profiles</h2>
        <TemplateList />
      </section>
      {creating && <ProfileDialog onClose={() => setCreating(false)} />}
    </>
  );
}

function ProfileRow({ profile, lanes }: { profile: Profile; lanes: Lanes | undefined }) {
  const { name, description, model, provider, toolsets, skill_count: skills, home } = profile;
  const lane = lanes?.lanes.find((each) => each.profiles.includes(name));
  const problem = lanes?.problems.find((each) => each.profile === name);
  return (
    <li className="profile">
      <div className="row profile-head">
        <Avatar name={name} />
        <h3 className="clip">{name}</h3>
        {profile.is_default && <Badge>default</Badge>}
        {profile.is_active && <Badge tone="blue">active</Badge>}
        {profile.description_auto && <Badge tone="amber">review</Badge>}
      </div>
      <p className="anywhere">
        {description || <span className="faint">No description: the planner leaves it out.</span>}
      </p>
      <dl className="profile-facts">
        <dt>Model</dt>
        <dd className="anywhere">
          {model ? `${provider ? `${provider} / ` : ""}${model}` : <NoModel />}
        </dd>
        <dt>Worker</dt>
        <dd className="anywhere">
          {lane ? <LaneWords lane={lane} /> : problem ? null : <span className="faint">…</span>}
          {problem && <span className="settings-bad">{problem.problem}</span>}
        </dd>
        <dt>Tools</dt>
        <dd className="row profile-chips">
          {toolsets.length === 0
            ? <span className="soft">everything but the board's planning tools</span>
            : toolsets.map((each) => <Chip key={each}>{each}</Chip>)}
        </dd>
        <dt>Skills</dt>
        <dd>{skills === 0 ? <span className="faint">none</span> : skills}</dd>
        <dt>Folder</dt>
        <dd className="mono anywhere">{home}</dd>
      </dl>
    </li>
  );
}

function NoModel() {
  return (
    <span className="settings-bad">
      none is configured · <a href="/welcome">connect one</a>
    </span>
  );
}

function LaneWords({ lane }: { lane: Lanes["lanes"][number] }) {
  if (lane.program === null) return <>the built-in agent</>;
  return (
    <>
      {lane.name}
      {lane.installed
        ? lane.version && <span className="faint">{lane.version}</span>
        : <span className="settings-bad">{lane.program} is not installed</span>}
    </>
  );
}

function useLanes(): Lanes | undefined {
  const { data } = useQuery({
    queryKey: homeKey("lanes"),
    queryFn: ({ signal }) => get<Lanes>("/lanes", { signal }),
    staleTime: 60_000,
  });
  return data;
}
