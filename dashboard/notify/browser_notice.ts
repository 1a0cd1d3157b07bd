// Owns: the browser's own notifications: whether they are wanted and allowed, and showing one.

import { useSyncExternalStore } from "react";

const key = "hermes.notifications";
const listeners = new Set<() => void>();

export interface Notice {
  title: string;
  body: string;
  /** A later notice with the same tag takes the place of this one. */
  tag: string;
  /** The person clicked it; the window has come to the front already. */
  onOpen?: () => void;
}

/** What the browser allows. It asks the person only after a click. */
export function permission(): NotificationPermission | "unsupported" {
  return "Notification" in globalThis ? Notification.permission : "unsupported";
}

/** Call from a click: browsers ignore the question otherwise. */
export async function askPermission(): Promise<NotificationPermission | "unsupported"> {
  const now = permission();
  if (now !== "default") return now;
  const answer = await Notification.requestPermission();
  tell();
  return answer;
}

/** Whether the person switched them on in this browser. */
export function isWanted(): boolean {
  try {
    return localStorage.getItem(key) === "on";
  } catch {
    return false;
  }
}

export function setWanted(wanted: boolean): void {
  try {
    localStorage.setItem(key, wanted ? "on" : "off");
  } catch {
    // A browser that keeps nothing asks again next time.
  }
  tell();
}

export function useNotificationsWanted(): boolean {
  return useSyncExternalStore(listen, isWanted);
}

/** Shows a notice when the person wants them and the browser allows it. */
export function notify({ title, body, tag, onOpen }: Notice): void {
  if (!isWanted() || permission() !== "granted") return;
  try {
    const notice = new Notification(title, { body, tag, icon: "/icon-192.png" });
    notice.onclick = () => {
      globalThis.focus();
      onOpen?.();
      notice.close();
    };
  } catch {
    // Some phones only let service workers show one; the title of the page still counts.
  }
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
