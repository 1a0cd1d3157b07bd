// Owns: the pages and where they are. A new page is one entry here and one file in its own folder.

import { type ComponentType, lazy, type LazyExoticComponent } from "react";
import type { IconName } from "../parts/icon.tsx";

export interface Page {
  /** Pattern of the address; the first that fits wins. `/graph/:id?` fits `/graph` too. */
  path: string;
  /** In the navigation and the window's title. */
  name: string;
  /** Pages with an icon are in the navigation, with the address `path` has without parameters. */
  icon?: IconName;
  /** Keys that lead there, one after the other. */
  keys?: string;
  component: LazyExoticComponent<ComponentType> | ComponentType;
}

export const pages: readonly Page[] = [
  {
    path: "/",
    name: "Board",
    icon: "board",
    keys: "g b",
    component: lazy(() => import("../board/board_page.tsx")),
  },
  {
    path: "/graph/:id?",
    name: "Graph",
    icon: "graph",
    keys: "g g",
    component: lazy(() => import("../graph/graph_page.tsx")),
  },
  {
    path: "/plan/:id",
    name: "Plan",
    component: lazy(() => import("../plan/plan_page.tsx")),
  },
  {
    path: "/timeline",
    name: "Timeline",
    icon: "timeline",
    keys: "g t",
    component: lazy(() => import("../timeline/timeline_page.tsx")),
  },
  {
    path: "/activity",
    name: "Activity",
    icon: "activity",
    keys: "g a",
    component: lazy(() => import("../activity/activity_page.tsx")),
  },
  {
    path: "/usage",
    name: "Usage",
    icon: "usage",
    keys: "g u",
    component: lazy(() => import("../usage/usage_page.tsx")),
  },
  {
    path: "/settings/:part?",
    name: "Settings",
    icon: "settings",
    keys: "g s",
    component: lazy(() => import("../settings/settings_page.tsx")),
  },
  {
    path: "/welcome",
    name: "First steps",
    component: lazy(() => import("../welcome/welcome_page.tsx")),
  },
];

/** What opens over the page one is on. Its address works on its own too, then over the board. */
export const taskDrawer = {
  path: "/task/:id",
  component: lazy(() => import("../drawer/task_drawer.tsx")),
};

/** The address of a page in the navigation. */
export function hrefOf(page: Page): string {
  return page.path.replace(/\/:.*$/, "") || "/";
}
