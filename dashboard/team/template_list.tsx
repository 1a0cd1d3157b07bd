// Owns: the profiles that come with hermes, each one click away.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { send } from "../api/client.ts";
import { homeKey } from "../api/keys.ts";
import { useTemplates } from "../api/queries.ts";
import type { Profile } from "../api/shapes.ts";
import { Avatar, Badge } from "../parts/badge.tsx";
import { Button } from "../parts/button.tsx";
import { Failure, SkeletonLines } from "../parts/skeleton.tsx";
import { showError, showToast } from "../parts/toast_store.ts";

/** What to install: one template, or all that are not there yet. */
type Wish = { templates: string[] } | { all: true };

export function TemplateList() {
  const { data: templates, error, refetch } = useTemplates();
  const client = useQueryClient();
  const install = useMutation({
    mutationFn: (body: Wish) =>
      send<{ installed: Profile[] }>("POST", "/profiles/install", { body }),
    onSuccess: ({ installed }) => {
      const names = installed.map(({ name }) => name).join(", ");
      showToast({ text: `On the team: ${names || "everybody was there already"}`, tone: "good" });
    },
    onError: (error) => showError("Nothing was installed", error),
    onSettled: () => client.invalidateQueries({ queryKey: homeKey() }),
  });
  if (error && !templates) {
    return <Failure title="The templates cannot be read" error={error} onRetry={refetch} />;
  }
  if (!templates) return <SkeletonLines lines={5} />;
  const missing = templates.filter(({ installed }) => !installed);
  const busy = install.isPending ? install.variables : undefined;
  return (
    <div className="stack">
      <ul className="templates">
        {templates.map(({ name, description, installed }) => (
          <li key={name} className="template">
            <div className="row">
              <Avatar name={name} />
              <h3 className="clip">{name}</h3>
              <span className="spacer" />
              {installed ? <Badge tone="green">installed</Badge> : (
                <Button
                  size="small"
                  disabled={install.isPending}
                  busy={busy !== undefined && "templates" in busy && busy.templates[0] === name}
                  aria-label={`Install ${name}`}
                  onClick={() => install.mutate({ templates: [name] })}
                >
                  Install
                </Button>
              )}
            </div>
            <p className="soft anywhere">{description}</p>
          </li>
        ))}
      </ul>
      {missing.length > 1 && (
        <Button
          className="templates-all"
          busy={busy !== undefined && "all" in busy}
          disabled={install.isPending}
          onClick={() => install.mutate({ all: true })}
        >
          Install all {missing.length}
        </Button>
      )}
    </div>
  );
}
