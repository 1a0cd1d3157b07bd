// Owns: the command palette: one field that finds tasks and everything one can do.

import { useQueryClient } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useDeferredValue, useMemo, useState } from "react";
import { useLocation } from "wouter";
import { useBoards, useOrchestration, useProfiles, useTaskSearch } from "../api/queries.ts";
import { knownTask, knownTasks } from "../api/known_tasks.ts";
import { useAppearance } from "../design/use_appearance.ts";
import { Dialog } from "../parts/dialog.tsx";
import { Icon } from "../parts/icon.tsx";
import { StatusDot } from "../parts/badge.tsx";
import { Keys } from "../shortcuts/keys_text.tsx";
import { showOverlay, type Step } from "../shortcuts/overlay.ts";
import { useOpenTask, usePlace } from "../shell/place.ts";
import { type Choice, type Chosen, ideaChoice, rootChoices } from "./choices.ts";
import { AskDialog, type Question } from "./ask.tsx";
import { assignChoices, boardChoices, moveChoices, themeChoices } from "./steps.ts";
import { best, scoreOf } from "./match.ts";
import { recentTasks } from "./recent.tsx";

/** Tasks shown for a text, and commands beside them. */
const most = { tasks: 8, commands: 12 };

export default function Palette({ step: first, ids }: { step: Step; ids: readonly string[] }) {
  const [step, setStep] = useState(first);
  const [text, setText] = useState("");
  const [question, setQuestion] = useState<Question | null>(null);
  const close = () => showOverlay(null);
  const groups = useGroups(step, ids, text);
  const choose = (choice: Choice) => {
    const then = choice.run();
    if (then?.ask) return setQuestion(then.ask);
    if (then?.step) {
      setStep(then.step);
      return setText("");
    }
    close();
  };
  if (question) return <AskDialog question={question} onClose={close} />;
  const label = stepLabel(step, ids.length);
  return (
    <Dialog
      kind="top"
      plain
      title={label}
      className="palette"
      onClose={close}
      focusFirst={(panel) => panel.querySelector("input")}
      onEscape={(event) => {
        // One step back first, when there is one.
        if (step === first) return;
        event.preventDefault();
        setStep(first);
        setText("");
      }}
    >
      <Command label={label} shouldFilter={false} loop>
        <div className="palette-head">
          <Icon name={step.kind === "root" ? "search" : "arrowRight"} />
          <Command.Input
            className="palette-input"
            placeholder={label}
            value={text}
            onValueChange={setText}
            onKeyDown={(event) => {
              if (event.key !== "Backspace" || text !== "" || step === first) return;
              setStep(first);
            }}
          />
        </div>
        <Command.List className="palette-list" label={label}>
          {groups.length === 0 && (
            <Command.Item className="palette-item" value="nothing" disabled>
              <span className="palette-words">Nothing found for “{text}”</span>
            </Command.Item>
          )}
          {groups.map(({ name, choices }) => (
            <Command.Group key={name} heading={name} className="palette-group">
              {choices.map((choice) => (
                <Row
                  key={choice.id}
                  choice={choice}
                  onChoose={() => choose(choice)}
                />
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}

function Row({ choice, onChoose }: { choice: Choice; onChoose(): void }) {
  const { id, words, detail, icon, status, keys, checked } = choice;
  return (
    <Command.Item className="palette-item" value={id} onSelect={onChoose}>
      {status !== undefined ? <StatusDot status={status} /> : icon && <Icon name={icon} />}
      <span className="clip palette-words">{words}</span>
      {detail && <span className="clip palette-detail">{detail}</span>}
      <span className="spacer" />
      {checked && <Icon name="check" />}
      {keys && <Keys keys={keys} />}
    </Command.Item>
  );
}

interface Group {
  name: string;
  choices: readonly Choice[];
}

function useGroups(step: Step, ids: readonly string[], text: string): Group[] {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const { path, taskId } = usePlace();
  const openTask = useOpenTask();
  const { data: boards } = useBoards();
  const { data: profiles = [] } = useProfiles();
  const { data: orchestration } = useOrchestration();
  const appearance = useAppearance();
  const wanted = useDeferredValue(text.trim());
  const { data: found } = useTaskSearch(wanted, most.tasks, step.kind === "root" && wanted !== "");
  return useMemo(() => {
    const chosen: Chosen = {
      client,
      ids,
      open: taskId,
      tasks: ids.map((id) =>
        knownTask(client, id) ?? { id, title: id, status: "", assignee: null }
      ),
      path,
      navigate,
      openTask,
      boards,
      profiles,
      auto: orchestration?.auto_decompose ?? false,
      appearance,
    };
    switch (step.kind) {
      case "move":
        return one("Move to", best(text, moveChoices(chosen)));
      case "assign":
        return one("Assign to", best(text, assignChoices(chosen)));
      case "board":
        return one("Boards", best(text, boardChoices(chosen)));
      case "theme":
        return one("Appearance", best(text, themeChoices(chosen)));
      case "root":
    }
    const commands = rootChoices(chosen);
    const asTask = (task: { id: string; title: string; status: string }): Choice => ({
      id: `task ${task.id}`,
      group: "Tasks",
      words: task.title,
      detail: task.id,
      status: task.status,
      run: () => openTask(task.id),
    });
    if (text.trim() === "") {
      const recent = recentTasks().map((task) =>
        asTask(knownTask(client, task.id) ?? { ...task, status: "" })
      );
      return [
        ...grouped(commands.filter(({ group }) => group === "Task")),
        ...(recent.length > 0 ? [{ name: "Recent tasks", choices: recent }] : []),
        ...grouped(commands.filter(({ group, hidden }) => group !== "Task" && !hidden)),
      ];
    }
    // What the page has is there at once; the server also looks into texts and into what is not shown.
    const near = best(text, knownTasks(client).map(asTask)).slice(0, most.tasks);
    const far = (found?.tasks ?? []).map(asTask).filter(({ id }) =>
      !near.some((each) => each.id === id)
    );
    const tasks = [...near, ...far].slice(0, most.tasks);
    const typed = text.trim().toLowerCase();
    const leads = (choices: readonly Choice[]) => choices[0] ? scoreOf(typed, choices[0]) : 0;
    const fitting = best(text, commands).slice(0, most.commands);
    const groups = [...one("Commands", fitting), ...one("Tasks", tasks)];
    // What fits best comes first, so that Enter chooses it.
    groups.sort((a, b) => leads(b.choices) - leads(a.choices));
    return [...groups, ...one("Make", [ideaChoice(chosen, text.trim())])];
  }, [step, text, found, boards, profiles, orchestration, appearance.theme, appearance.density]);
}

function one(name: string, choices: readonly Choice[]): Group[] {
  return choices.length > 0 ? [{ name, choices }] : [];
}

function grouped(choices: readonly Choice[]): Group[] {
  return [...Map.groupBy(choices, ({ group }) => group)]
    .map(([name, choices]) => ({ name: name === "Task" ? "The task in hand" : name, choices }));
}

function stepLabel(step: Step, count: number): string {
  const what = count === 1 ? "the task" : `${count} tasks`;
  switch (step.kind) {
    case "root":
      return "Find a task or a command…";
    case "move":
      return `Move ${what} to…`;
    case "assign":
      return `Assign ${what} to…`;
    case "board":
      return "Switch to board…";
    case "theme":
      return "Theme and density…";
  }
}
