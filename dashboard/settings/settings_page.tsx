// Owns: the settings page: a tab for each thing that is chosen, each with an address of its own.

import { useEffect } from "react";
import { useLocation, useParams } from "wouter";
import { Tabs } from "../parts/tabs.tsx";
import { AppearancePanel } from "./appearance_panel.tsx";
import { BoardsPanel } from "./boards_panel.tsx";
import { NotificationsPanel } from "./notifications_panel.tsx";
import { OrchestrationPanel } from "./orchestration_panel.tsx";
import { ProfilesPanel } from "./profiles_panel.tsx";

const tabs = [
  { id: "orchestration", label: "Orchestration", content: <OrchestrationPanel /> },
  { id: "profiles", label: "Profiles", content: <ProfilesPanel /> },
  { id: "boards", label: "Boards", content: <BoardsPanel /> },
  { id: "appearance", label: "Appearance", content: <AppearancePanel /> },
  { id: "notifications", label: "Notifications", content: <NotificationsPanel /> },
];

export default function SettingsPage() {
  const { part } = useParams<{ part?: string }>();
  const [, navigate] = useLocation();
  const value = tabs.some(({ id }) => id === part) ? part : "orchestration";
  useEffect(() => {
    // On a phone the tabs are wider than the screen.
    document.querySelector('.settings [role="tab"][data-state="active"]')
      ?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [value]);
  return (
    <div className="page-narrow settings">
      <Tabs
        label="Settings"
        tabs={tabs}
        value={value}
        onChange={(id) => navigate(`/settings/${id}`, { replace: true })}
      />
    </div>
  );
}
