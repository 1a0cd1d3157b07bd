// Owns: the pages and where they are. A new page is one entry here and one file in its own folder.

import type { IconName } from "../parts/icon.tsx";
import { type Later, later } from "../parts/later.tsx";
import { PageSkeleton } from "../parts/skeleton.tsx";

export interface Page {
  /** Pattern of the address; the first that fits wins. `/graph/:id?` fits `/graph` too. */
  path: string;
  /** In the navigation and the window's title. */
  name: string;
  /** Pages with an icon are in the navigation, with the address `path` has without parameters. */
  icon?: IconName;
  /** Keys that lead there, one after the other. */
  keys?: string;
  component: Later<object>;
}

export const pages: readonly Page[] = [
  {
    path: "/",
    name: "Board",
    icon: "board",
    keys: "g b",
    component: later(() => import("../board/board_page.tsx"), PageSkeleton),
  },
  {
    path: "/graph/:id?",
    name: "Graph",
    icon: "graph",
    keys: "g g",
    component: later(() => import("../graph/graph_page.tsx"), PageSkeleton),
  },
  {
    path: "/plan/:id",
    name: "Plan",
    component: later(() => import("../plan/plan_page.tsx"), PageSkeleton),
  },
  {
    path: "/timeline",
    name: "Timeline",
    icon: "timeline",
    keys: "g t",
    component: later(() => import("../timeline/timeline_page.tsx"), PageSkeleton),
  },
  {
    path: "/activity",
    name: "Activity",
    icon: "activity",
    keys: "g a",
    component: later(() => import("../activity/activity_page.tsx"), PageSkeleton),
  },
  {
    path: "/usage",
    name: "Usage",
    icon: "usage",
    keys: "g u",
    component: later(() => import("../usage/usage_page.tsx"), PageSkeleton),
  },
  {
    path: "/settings/:part?",
    name: "Settings",
    icon: "settings",
    keys: "g s",
    component: later(() => import("../settings/settings_page.tsx"), PageSkeleton),
  },
  {
    path: "/welcome",
    name: "First steps",
    component: later(() => import("../welcome/welcome_page.tsx"), PageSkeleton),
  },
];

/** What opens over the page one is on. Its address works on its own too, then over the board. */
export const taskDrawer = {
  path: "/task/:id",
  component: later(() => import("../drawer/task_drawer.tsx")),
};

/** The address of a page in the navigation. */
export function hrefOf(page: Page): string {
  return page.path.replace(/\/:.*$/, "") || "/";
}
