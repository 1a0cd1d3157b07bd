// Owns: how answers of the server are kept and when they are asked for again.

import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { RequestError } from "./client.ts";
import { noteAnswer, noteFailure } from "./reachability.ts";

/** One per page. Live events say what became old, so nothing is polled. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: noteFailure, onSuccess: noteAnswer }),
    mutationCache: new MutationCache({ onError: noteFailure, onSuccess: noteAnswer }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: true,
        retry: (count, error) => count < 2 && worthRetrying(error),
        // The server is mostly this very machine: no network does not mean no server.
        networkMode: "always",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

function worthRetrying(error: unknown): boolean {
  return error instanceof RequestError && (error.status === 0 || error.status >= 500);
}
