// Owns: whether this browser tells when something needs a person.

import { useState } from "react";
import { Button } from "../parts/button.tsx";
import { Switch } from "../parts/field.tsx";
import {
  askPermission,
  notify,
  permission,
  setWanted,
  useNotificationsWanted,
} from "../notify/browser_notice.ts";

const denied = "This browser does not allow it for this address. Allow notifications in the " +
  "browser's site settings, then switch it on here.";

export function NotificationsPanel() {
  const wanted = useNotificationsWanted();
  const [problem, setProblem] = useState<string | null>(null);
  const allowed = permission();
  const change = async (next: boolean) => {
    setProblem(null);
    if (next && await askPermission() !== "granted") return setProblem(denied);
    setWanted(next);
  };
  return (
    <section className="settings-section" aria-labelledby="notifications-head">
      <h2 id="notifications-head">Notifications</h2>
      {allowed === "unsupported" ? <p>This browser cannot show notifications.</p> : (
        <>
          <Switch
            label="Tell me when a task is blocked or gives up"
            checked={wanted && allowed === "granted"}
            onChange={change}
          />
          <p className="soft">
            Shown while a dashboard is open in another tab or behind another window. The number of
            tasks that need you is always in the title of the page.
          </p>
          {problem && <p className="settings-bad" role="alert">{problem}</p>}
          {wanted && allowed === "granted" && (
            <Button
              className="settings-start"
              icon="bell"
              onClick={() =>
                notify({ title: "It works", body: "Blocked tasks look like this.", tag: "trial" })}
            >
              Show one now
            </Button>
          )}
        </>
      )}
    </section>
  );
}
