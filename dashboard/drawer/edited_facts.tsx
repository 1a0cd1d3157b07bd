// Owns: the facts that are edited as a number, a time or a name.

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import type { ModelOptionsOutput } from "../../src/ops/runs/model_options.ts";
import { get } from "../api/client.ts";
import { homeKey } from "../api/keys.ts";
import type { Task } from "../api/shapes.ts";
import { dollars } from "../format/money.ts";
import { dateTime } from "../format/time.ts";
import { Select, TextInput } from "../parts/field.tsx";
import { taskPath, useChangeTask } from "./change_task.ts";
import { InlineEdit } from "./inline_edit.tsx";

export function PriorityFact({ task }: { task: Task }) {
  const change = useChangeTask(task.id);
  return (
    <InlineEdit
      label="Priority"
      shown={task.priority === 0 ? <span className="faint">0</span> : task.priority}
      onSave={(form) =>
        change.mutateAsync({
          method: "PATCH",
          path: taskPath(task.id),
          body: { priority: Number(form.get("priority")) },
        })}
    >
      <TextInput
        type="number"
        step={1}
        required
        name="priority"
        aria-label="Priority, higher goes first"
        autoFocus
        defaultValue={task.priority}
      />
    </InlineEdit>
  );
}

/** Not started before a time; empty lifts the wait. */
export function ScheduleFact({ task }: { task: Task }) {
  const change = useChangeTask(task.id);
  const { not_before: at } = task;
  return (
    <InlineEdit
      label="Start"
      shown={at === null ? <span className="faint">When it can</span> : `After ${dateTime(at)}`}
      onSave={async (form) => {
        const text = String(form.get("at"));
        if (text === "" && at === null) return;
        await change.mutateAsync({
          path: taskPath(task.id, "/schedule"),
          body: text === ""
            ? { clear: true }
            : { not_before: Math.floor(new Date(text).getTime() / 1000) },
        });
      }}
    >
      <TextInput
        type="datetime-local"
        name="at"
        aria-label="Not before; empty for no wait"
        autoFocus
        defaultValue={at === null ? "" : localMinutes(at)}
      />
    </InlineEdit>
  );
}

/** Another model than the profile's. */
export function ModelFact({ task }: { task: Task }) {
  const change = useChangeTask(task.id);
  const { model_override: model, provider_override: provider } = task;
  const own = [provider, model].filter((part) => part !== null).join(" / ");
  return (
    <InlineEdit
      label="Model"
      shown={own === ""
        ? <span className="faint">Its profile's</span>
        : <span className="anywhere">{own}</span>}
      onSave={async (form) => {
        const wanted = { model: String(form.get("model")), provider: String(form.get("provider")) };
        const path = taskPath(task.id, "/model");
        const clear = wanted.model === "" && wanted.provider === "";
        if (clear && own === "") return;
        // What is left empty would stay as it was: a choice replaces the one before as a whole.
        const drops = (wanted.model === "" && model !== null) ||
          (wanted.provider === "" && provider !== null);
        if (clear || drops) await change.mutateAsync({ path, body: { clear: true } });
        if (!clear) await change.mutateAsync({ path, body: wanted });
      }}
    >
      <ModelFields model={model} provider={provider} />
    </InlineEdit>
  );
}

function ModelFields({ model, provider }: { model: string | null; provider: string | null }) {
  const id = useId();
  const { data } = useQuery({
    queryKey: homeKey("model-options"),
    queryFn: ({ signal }) => get<ModelOptionsOutput>("/model-options", { signal }),
  });
  const providers = data?.providers ?? (provider === null ? [] : [provider]);
  return (
    <>
      <TextInput
        name="model"
        aria-label="Model; empty for its profile's"
        placeholder={data?.main.model ?? "Model"}
        autoFocus
        list={id}
        defaultValue={model ?? ""}
      />
      <datalist id={id}>
        {data?.models.map((name) => <option key={name} value={name} />)}
      </datalist>
      <Select
        // The list arrives later than the field: only then can the value be chosen.
        key={providers.length}
        name="provider"
        aria-label="Provider"
        defaultValue={provider ?? ""}
      >
        <option value="">Its profile's provider</option>
        {providers.map((name) => <option key={name} value={name}>{name}</option>)}
      </Select>
    </>
  );
}

/** What it and all that comes out of it may cost. */
export function BudgetFact({ task }: { task: Task }) {
  const change = useChangeTask(task.id);
  const { max_cost_usd: limit } = task;
  return (
    <InlineEdit
      label="Budget"
      shown={limit === null ? <span className="faint">No limit</span> : dollars(limit)}
      onSave={(form) => {
        const text = String(form.get("limit")).trim();
        return change.mutateAsync({
          method: "PATCH",
          path: taskPath(task.id),
          body: { max_cost_usd: text === "" ? null : Number(text) },
        });
      }}
    >
      <TextInput
        type="number"
        step="any"
        min={0}
        name="limit"
        aria-label="Budget in US dollars; empty for no limit"
        placeholder="US dollars"
        autoFocus
        defaultValue={limit ?? ""}
      />
    </InlineEdit>
  );
}

/** `2030-01-07T09:00` in the reader's time, as the field wants it. */
function localMinutes(moment: number): string {
  const offset = new Date(moment * 1000).getTimezoneOffset() * 60;
  return new Date((moment - offset) * 1000).toISOString().slice(0, 16);
}
