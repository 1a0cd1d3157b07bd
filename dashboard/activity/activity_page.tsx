// Owns: the page that tells what happened on the board, the newest first.

import { useSearchParams } from "wouter";
import { useProfiles } from "../api/queries.ts";
import { profileChoices } from "../format/profile_choices.ts";
import { Combobox } from "../parts/combobox.tsx";
import { Select } from "../parts/field.tsx";
import { Button } from "../parts/button.tsx";
import { Empty, Failure, SkeletonLines } from "../parts/skeleton.tsx";
import { EventList } from "./event_list.tsx";
import { groupNames, isGroup } from "./kind_groups.ts";
import { useActivity } from "./use_activity.ts";

export default function ActivityPage() {
  const [search, setSearch] = useSearchParams();
  const chosen = search.get("kind") ?? "";
  const group = isGroup(chosen) ? chosen : null;
  const assignee = search.get("profile") ?? "";
  const set = (name: string, value: string) =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      if (value === "") next.delete(name);
      else next.set(name, value);
      return next;
    }, { replace: true });
  const activity = useActivity({ group, assignee });
  const { query, events } = activity;
  const narrowed = group !== null || assignee !== "";
  return (
    <div className="activity">
      <div className="activity-bar" role="toolbar" aria-label="Activity">
        <Select
          aria-label="Kind"
          className="activity-kind"
          value={group ?? ""}
          onChange={(event) => set("kind", event.target.value)}
        >
          <option value="">Everything</option>
          {Object.entries(groupNames).map(([value, words]) => (
            <option key={value} value={value}>{words}</option>
          ))}
        </Select>
        <ProfileChoice value={assignee} onChange={(name) => set("profile", name)} />
        {narrowed && (
          <Button
            look="plain"
            icon="close"
            onClick={() => {
              set("kind", "");
              set("profile", "");
            }}
          >
            Show everything
          </Button>
        )}
      </div>
      {query.error && events.length === 0
        ? (
          <div className="page-padded">
            <Failure
              title="The activity cannot be shown"
              error={query.error}
              onRetry={query.refetch}
            />
          </div>
        )
        : query.isPending
        ? (
          <div className="page-padded">
            <SkeletonLines lines={10} />
          </div>
        )
        : events.length === 0 && activity.freshCount === 0
        ? (
          <Empty
            icon="activity"
            title={narrowed ? "Nothing of this kind happened" : "Nothing happened yet"}
          >
            {narrowed
              ? "Choose another kind or another profile."
              : "Whatever becomes of a task is told here: who started it, what came of it, who said what."}
          </Empty>
        )
        : <EventList key={`${group} ${assignee}`} activity={activity} />}
    </div>
  );
}

function ProfileChoice({ value, onChange }: { value: string; onChange(name: string): void }) {
  const { data: profiles = [] } = useProfiles();
  return (
    <Combobox
      label="Profile"
      value={value}
      placeholder="Everybody"
      emptyChoice="Everybody"
      choices={profileChoices(profiles)}
      onChange={onChange}
    />
  );
}
