// Owns: saying that the server is not reached, and that it is back.

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { homeKey } from "../api/keys.ts";
import { currentReach, onReach } from "../api/reachability.ts";
import { Icon } from "../parts/icon.tsx";
import { showToast } from "../parts/toast_store.ts";

/** Lies over the page, so that nothing moves. */
export function ReachBanner() {
  const reach = useSyncExternalStore(onReach, currentReach);
  const client = useQueryClient();
  const wasLost = useRef(false);
  useEffect(() => {
    if (reach === "lost") wasLost.current = true;
    else if (wasLost.current) {
      wasLost.current = false;
      showToast({ text: "Connected again", tone: "good" });
    }
  }, [reach]);
  useEffect(() => {
    // Without a network a server on this machine still answers: ask instead of guessing.
    const probe = () => void client.refetchQueries({ queryKey: homeKey("config") });
    addEventListener("offline", probe);
    addEventListener("online", probe);
    return () => {
      removeEventListener("offline", probe);
      removeEventListener("online", probe);
    };
  }, [client]);
  return (
    <div className="reach" role="status">
      {reach === "lost" && (
        <p className="reach-words">
          <Icon name="alert" />
          The hermes server does not answer. What you see may be old; trying again…
        </p>
      )}
    </div>
  );
}
