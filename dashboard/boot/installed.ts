// Owns: what only an installed dashboard does: without a browser's own frame it needs a page of its own
// for the time when the server is not there.

/** Registers the offline page where the dashboard runs as an application. */
export function keepOfflinePage(): void {
  if (!("serviceWorker" in navigator)) return;
  if (!matchMedia("(display-mode: standalone)").matches) return;
  navigator.serviceWorker.register("/sw.js").catch(() => {
    // Then the browser's own page is shown instead.
  });
}
