// Owns: the application: what everything else stands on, and what is needed before a page is drawn.

import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { useState, useSyncExternalStore } from "react";
import { chooseBoard, chosenBoard, hasChosenBoard, onBoardChoice } from "../api/board_choice.ts";
import { get, RequestError } from "../api/client.ts";
import { key } from "../api/keys.ts";
import { LiveProvider } from "../api/live_provider.tsx";
import { createQueryClient } from "../api/query_client.ts";
import { currentReach, onReach } from "../api/reachability.ts";
import type { Boards, TaskEvent } from "../api/shapes.ts";
import { TipProvider } from "../parts/tip.tsx";
import { ErrorBoundary } from "./error_boundary.tsx";
import { Frame } from "./frame.tsx";
import { SignInPage } from "./sign_in_page.tsx";

export function App() {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <TipProvider>
        <ErrorBoundary>
          <SignedIn />
        </ErrorBoundary>
      </TipProvider>
    </QueryClientProvider>
  );
}

function SignedIn() {
  const reach = useSyncExternalStore(onReach, currentReach);
  const board = useSyncExternalStore(onBoardChoice, chosenBoard);
  // Asked before anything else is: whatever happens after it reaches this page as an event.
  const start = useQuery({
    queryKey: key("start"),
    queryFn: () => findStart(),
    staleTime: Infinity,
    gcTime: Infinity,
  });
  if (reach === "refused") return <SignInPage />;
  return (
    <LiveProvider key={board} board={board} since={start.data ?? null}>
      <Frame />
    </LiveProvider>
  );
}

/** Number of the newest event. A board that is gone is left for the server's current one. */
async function findStart(): Promise<number> {
  if (!hasChosenBoard()) chooseBoard((await get<Boards>("/boards")).current);
  try {
    const { events } = await get<{ events: TaskEvent[] }>("/feed", { query: { limit: 1 } });
    return events[0]?.id ?? 0;
  } catch (error) {
    if (!(error instanceof RequestError) || error.status !== 404) throw error;
    const { current, boards } = await get<Boards>("/boards");
    if (boards.some(({ slug }) => slug === chosenBoard())) throw error;
    chooseBoard(current);
    return 0;
  }
}
