// Owns: listening to the keyboard. Keys that are typed somewhere never become commands.

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { useOpenTask, usePlace } from "../shell/place.ts";
import { tasksInHand } from "../shell/selected_tasks.ts";
import { currentOverlay } from "./overlay.ts";
import { type KeyContext, type Shortcut, shortcuts } from "./table.ts";

/** Milliseconds between the keys of a sequence such as `g b`. */
const patienceMs = 1200;

/** Mounted once. */
export function useKeys(): void {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const { path, taskId } = usePlace();
  const openTask = useOpenTask();
  const current = useRef({ path, taskId, navigate, openTask });
  current.current = { path, taskId, navigate, openTask };
  useEffect(() => {
    let begun: { key: string; at: number } | null = null;
    const listen = (event: KeyboardEvent) => {
      const word = wordOf(event);
      if (word === null || event.defaultPrevented) return;
      const command = word.startsWith("Mod+");
      if (!command && isTyped(event.target)) return;
      const { path, taskId, navigate, openTask } = current.current;
      if (isCovered(taskId)) return;
      const first = begun !== null && event.timeStamp - begun.at < patienceMs ? begun.key : null;
      begun = null;
      const fits = (keys: string) =>
        shortcuts.find((each) =>
          each.keys === keys && each.run && (taskId === null || each.overTask)
        );
      const found: Shortcut | undefined = (first && fits(`${first} ${word}`)) || fits(word);
      if (!found) {
        if (shortcuts.some(({ keys }) => keys.startsWith(`${word} `))) {
          begun = { key: word, at: event.timeStamp };
        }
        return;
      }
      const context: KeyContext = {
        client,
        open: taskId,
        ids: tasksInHand(taskId),
        path,
        navigate,
        openTask,
      };
      if (found.run!(context) !== false) event.preventDefault();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [client]);
}

/** `Mod+k`, `g`, `?`; null for keys that belong to the browser. */
function wordOf(event: KeyboardEvent): string | null {
  const { key, ctrlKey, metaKey, altKey, isComposing, repeat } = event;
  if (isComposing || altKey || key.length !== 1) return null;
  if (ctrlKey || metaKey) return event.shiftKey ? null : `Mod+${key.toLowerCase()}`;
  if (repeat && !/[jkhl]/.test(key)) return null;
  return key;
}

function isTyped(target: EventTarget | null): boolean {
  return target instanceof Element &&
    target.closest(
        'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable], ' +
          '[role="menu"], [role="listbox"], [role="textbox"], [role="combobox"]',
      ) !== null;
}

/** Something lies over the page that has keys of its own: the palette, a question, a menu. */
function isCovered(taskId: string | null): boolean {
  if (currentOverlay() !== null) return true;
  const dialogs = document.querySelectorAll('[role="dialog"], [role="alertdialog"]');
  return dialogs.length > (taskId === null ? 0 : 1);
}
