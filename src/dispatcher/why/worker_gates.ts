// Owns: what a task needs to get a worker, whatever its status. Pure.

import { formatDuration } from "../../base/duration.ts";
import { plural } from "../../base/text.ts";
import { type Gate, person, type WhyFacts } from "./gate.ts";

/** What a ready task needs besides a free place. */
export function workerGates(facts: WhyFacts): Gate[] {
  const { task, now, profileExists, similarProfile, coolsDown } = facts;
  const gates: Gate[] = [];
  if (task.assignee === null || task.assignee === "") {
    const assign = `hermes kanban assign ${task.id} <profile>`;
    const text = "Nobody is assigned to it.";
    gates.push(person("unassigned", text, assign, "when somebody is assigned"));
  } else if (!profileExists) {
    const guess = similarProfile === null ? "" : ` Did you mean "${similarProfile}"?`;
    gates.push({
      gate: "no_profile",
      owner: "profile",
      owner_name: task.assignee,
      text: `There is no profile "${task.assignee}", so no worker is started for it.${guess}`,
      remedy: similarProfile === null
        ? `hermes profile create ${task.assignee}`
        : `hermes kanban assign ${task.id} ${similarProfile}`,
      next_look: "at every pass of the dispatcher",
      next_look_at: null,
    });
  } else if (facts.laneProblem) {
    const { gate, text, remedy } = facts.laneProblem;
    gates.push({
      gate,
      owner: "profile",
      owner_name: task.assignee,
      text,
      remedy,
      next_look: "at every pass of the dispatcher",
      next_look_at: null,
    });
  }
  if (task.not_before !== null && task.not_before > now) {
    const left = formatDuration(task.not_before - now);
    gates.push({
      gate: coolsDown ? "cool_down" : "scheduled",
      owner: coolsDown ? "provider" : "clock",
      owner_name: null,
      text: coolsDown
        ? "The model provider asked to slow down: it waits before the next attempt."
        : "It is scheduled for later.",
      remedy: `hermes kanban schedule ${task.id} --clear`,
      next_look: `in ${left}`,
      next_look_at: task.not_before,
    });
  }
  return [...gates, ...dispatcherGates(facts)];
}

/** Without a dispatcher nothing is looked at. */
export function dispatcherGates({ dispatching, dispatchInGateway }: WhyFacts): Gate[] {
  if (dispatching) return [];
  return [{
    gate: "no_dispatcher",
    owner: "dispatcher",
    owner_name: null,
    text: dispatchInGateway
      ? "No dispatcher is running on this board."
      : "No dispatcher is running on this board, and the gateway is told not to host one " +
        "(kanban.dispatch_in_gateway).",
    remedy: dispatchInGateway ? "hermes gateway start" : "hermes kanban dispatch",
    next_look: "when a dispatcher starts",
    next_look_at: null,
  }];
}

/** The limits of the board and of the profile. */
export function limitGates({ task, busy, maxInProgress, maxPerProfile }: WhyFacts): Gate[] {
  const gates: Gate[] = [];
  const look = "when a running task ends";
  if (busy.board >= maxInProgress) {
    gates.push({
      gate: "board_full",
      owner: "limit",
      owner_name: "kanban.max_in_progress",
      text: `${plural(busy.board, "worker")} run on this board, of ${maxInProgress} at most.`,
      remedy: null,
      next_look: look,
      next_look_at: null,
    });
  }
  if (maxPerProfile > 0 && busy.profile >= maxPerProfile) {
    gates.push({
      gate: "profile_full",
      owner: "limit",
      owner_name: "kanban.max_in_progress_per_profile",
      text: `${
        plural(busy.profile, "worker")
      } of ${task.assignee} run, of ${maxPerProfile} at most.`,
      remedy: null,
      next_look: look,
      next_look_at: null,
    });
  }
  return gates;
}
