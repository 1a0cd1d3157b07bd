// Owns: the header: which board, which page, and what holds for the whole board.

import { matchRoute, useRouter } from "wouter";
import { useLiveState } from "../api/live_provider.tsx";
import { useTitle } from "../notify/attention_notice.tsx";
import { IconButton } from "../parts/button.tsx";
import { Tip } from "../parts/tip.tsx";
import { keyText } from "../shortcuts/keys_text.tsx";
import { showOverlay } from "../shortcuts/overlay.ts";
import { BoardSwitcher } from "./board_switcher.tsx";
import { OrchestrationPill } from "./orchestration_pill.tsx";
import { pages } from "./pages.ts";
import { usePlace } from "./place.ts";
import { tasksInHand } from "./selected_tasks.ts";
import { ThemeMenu } from "./theme_menu.tsx";

export function Header({ path }: { path: string }) {
  const { parser } = useRouter();
  const page = pages.find(({ path: pattern }) => matchRoute(parser, pattern, path)[0]);
  const name = page?.name ?? "Not found";
  const { taskId } = usePlace();
  useTitle(name);
  return (
    <header className="header">
      <BoardSwitcher />
      <span className="header-rule" aria-hidden="true" />
      <h1 className="header-title clip">{name}</h1>
      <LiveDot />
      <span className="spacer" />
      <OrchestrationPill />
      <IconButton
        icon="search"
        label="Commands and search"
        hint={keyText("Mod+k")}
        onClick={() =>
          showOverlay({ kind: "palette", step: { kind: "root" }, ids: tasksInHand(taskId) })}
      />
      <span className="header-theme">
        <ThemeMenu />
      </span>
    </header>
  );
}

const liveWords = {
  connecting: "Connecting to the board",
  open: "Changes arrive as they happen",
  lost: "Connection lost; trying again",
  refused: "Not signed in; changes do not arrive",
  gone: "This board is not there any more",
} as const;

function LiveDot() {
  const state = useLiveState();
  return (
    <Tip text={liveWords[state]}>
      <button type="button" className="live-dot" data-state={state}>
        <span className="sr-only">{liveWords[state]}</span>
      </button>
    </Tip>
  );
}
