// Owns: placeholders in the shape of what is coming, and saying that nothing is there.

import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

/** A grey bar; `width` and `height` are CSS lengths or px. */
export function Skeleton(
  { width = "100%", height = 12 }: { width?: number | string; height?: number | string },
) {
  return <span className="skeleton" style={{ width, height }} aria-hidden="true" />;
}

/** Several bars of a paragraph, read aloud as one word. */
export function SkeletonLines({ lines = 3 }: { lines?: number }) {
  return (
    <div className="stack" role="status">
      <span className="sr-only">Loading</span>
      {Array.from(
        { length: lines },
        (_, index) => <Skeleton key={index} width={`${92 - (index * 23) % 45}%`} />,
      )}
    </div>
  );
}

/** A page that is on its way. */
export function PageSkeleton() {
  return (
    <div className="page-padded">
      <SkeletonLines lines={6} />
    </div>
  );
}

/** Nothing to show, and what to do about it. */
export function Empty(
  { icon, title, children, action }: {
    icon?: IconName;
    title: string;
    children?: ReactNode;
    action?: ReactNode;
  },
) {
  return (
    <div className="empty">
      {icon && <Icon name={icon} size={24} />}
      <p className="empty-title">{title}</p>
      {children && <div className="empty-words">{children}</div>}
      {action}
    </div>
  );
}

/** Something failed: what, and a way to try again. */
export function Failure(
  { title, error, onRetry }: { title: string; error: unknown; onRetry?: () => void },
) {
  return (
    <div className="failure" role="alert">
      <Icon name="alert" />
      <div className="stack">
        <strong>{title}</strong>
        <span className="anywhere">{error instanceof Error ? error.message : String(error)}</span>
        {remedyOf(error) && <span className="soft anywhere">{remedyOf(error)}</span>}
      </div>
      {onRetry && <button type="button" className="button" onClick={onRetry}>Try again</button>}
    </div>
  );
}

function remedyOf(error: unknown): string | null {
  const remedy = typeof error === "object" && error !== null && "remedy" in error && error.remedy;
  return typeof remedy === "string" && remedy !== "" ? remedy : null;
}
