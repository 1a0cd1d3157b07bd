// Owns: what surrounds every page: navigation, header, the page itself, the task over it.

import { Link, Route, Switch, useSearchParams } from "wouter";
import { AttentionNotice } from "../notify/attention_notice.tsx";
import { RememberTask } from "../palette/recent.tsx";
import { Button } from "../parts/button.tsx";
import { later } from "../parts/later.tsx";
import { Empty, PageSkeleton } from "../parts/skeleton.tsx";
import { Toasts } from "../parts/toasts.tsx";
import { Overlays } from "../shortcuts/overlays.tsx";
import { useIsFresh } from "../welcome/fresh.ts";
import { ErrorBoundary } from "./error_boundary.tsx";
import { Header } from "./header.tsx";
import { Navigation } from "./navigation.tsx";
import { pages, taskDrawer } from "./pages.ts";
import { usePlace } from "./place.ts";
import { ReachBanner } from "./reach_banner.tsx";

const WelcomePage = later(() => import("../welcome/welcome_page.tsx"), PageSkeleton);

export function Frame() {
  const { path, taskId } = usePlace();
  const [params] = useSearchParams();
  const welcome = useIsFresh() && path === "/" && !params.has("new");
  const Drawer = taskDrawer.component;
  return (
    <div className="frame">
      <a className="skip" href="#page">Skip to the page</a>
      <Navigation path={path} />
      <Header path={path} />
      <main className="page" id="page" tabIndex={-1}>
        <ErrorBoundary key={path}>
          {welcome ? <WelcomePage /> : (
            <Switch location={path}>
              {pages.map((page) => (
                <Route key={page.path} path={page.path} component={page.component} />
              ))}
              <Route>
                <Empty icon="search" title="There is no such page">
                  <p className="stack">
                    <span className="mono anywhere">{path}</span>
                    <Link href="/">Go to the board</Link>
                  </p>
                </Empty>
              </Route>
            </Switch>
          )}
        </ErrorBoundary>
      </main>
      {taskId !== null && (
        <ErrorBoundary>
          <Drawer id={taskId} />
          <RememberTask id={taskId} />
        </ErrorBoundary>
      )}
      <Overlays />
      <AttentionNotice />
      <ReachBanner />
      <Toasts />
    </div>
  );
}

/** The whole page failed to start. */
export function StartFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Empty icon="alert" title="The dashboard could not start" action={<Retry onRetry={onRetry} />}>
      {error instanceof Error ? error.message : String(error)}
    </Empty>
  );
}

function Retry({ onRetry }: { onRetry: () => void }) {
  return <Button look="primary" onClick={onRetry}>Try again</Button>;
}
