// Owns: what can be done about a gate. Pure.

import type { Why } from "../api/shapes.ts";
import { taskPath, type Wish } from "./change_task.ts";

type Gate = Why["gates"][number];

/** A button beside a gate. */
export interface GateAct {
  label: string;
  does:
    | { wish: Wish }
    /** Another task is opened. */
    | { open: string }
    /** Another page. */
    | { page: string }
    /** A part of the drawer. */
    | { show: "assignee" | "budget" | "comment" | "log" | "triage" };
}

/** Buttons for what a person can do about `gate` of the task `id`; none when waiting is all there is. */
export function gateActs(id: string, gate: Gate): GateAct[] {
  const other = gate.owner_name ?? "";
  const unblock: GateAct = {
    label: "Unblock",
    does: { wish: { path: taskPath(id, "/unblock"), said: "Unblocked" } },
  };
  const unlink: GateAct = {
    label: "Unlink",
    does: {
      wish: {
        method: "DELETE",
        path: "/links",
        query: { parent_id: other, child_id: id },
        said: "Unlinked",
      },
    },
  };
  switch (gate.gate) {
    case "plan_proposed":
      return [{ label: "Open the plan", does: { page: `/plan/${encodeURIComponent(id)}` } }];
    case "loop_guard":
    case "planning_off":
    case "planning":
    case "being_edited":
    case "too_deep":
      return [{ label: "Plan it", does: { show: "triage" } }];
    case "held":
    case "to_promote":
      return [{
        label: "Make ready",
        does: { wish: { path: taskPath(id, "/promote"), body: {}, said: "Made ready" } },
      }];
    case "parent_open":
      return [{ label: "Open it", does: { open: other } }];
    case "parent_archived":
      return [unlink, { label: "Open it", does: { open: other } }];
    case "blocked":
      return [{ label: "Answer", does: { show: "comment" } }, unblock];
    case "gave_up":
      return [{ label: "Read the log", does: { show: "log" } }, unblock];
    case "unassigned":
    case "no_profile":
      return [{ label: "Choose who", does: { show: "assignee" } }];
    case "scheduled":
    case "cool_down":
      return [{
        label: "Do not wait",
        does: { wish: { path: taskPath(id, "/schedule"), body: { clear: true } } },
      }];
    case "no_dispatcher":
      return [{ label: "Start tasks once", does: { wish: { path: "/dispatch" } } }];
    case "over_budget": {
      const owner = other.replace(/^budget of /, "");
      return owner === id
        ? [{ label: "Change the budget", does: { show: "budget" } }]
        : [{ label: "Open its owner", does: { open: owner } }];
    }
    default:
      return [];
  }
}
