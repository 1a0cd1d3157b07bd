// Owns: parts of the application that are loaded when they are first shown, or while nothing else is to do.

import { type ComponentType, useEffect, useState } from "react";

/** A component whose code comes later. */
export type Later<Props> = ComponentType<Props> & {
  /** Loads the code. Showing the component does so too. */
  load(): Promise<void>;
};

/**
 * A component that `load` brings; `Meanwhile`, with the same properties, is shown until then. Unlike what React's
 * own `lazy` and `Suspense` reveal, it is drawn as soon as it is there and not 300 ms after the last placeholder.
 * A failure is thrown where the component is drawn; mounting it again tries again.
 */
export function later<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  Meanwhile?: ComponentType<Props>,
): Later<Props> {
  let Loaded: ComponentType<Props> | undefined;
  let loading: Promise<void> | undefined;
  const begin = () =>
    loading ??= load().then((module) => {
      Loaded = module.default;
    }).catch((error) => {
      loading = undefined;
      throw error;
    });
  function Shown(props: Props) {
    const [failure, setFailure] = useState<{ error: unknown } | null>(null);
    const [, setHere] = useState(false);
    useEffect(() => {
      if (Loaded) return;
      let mounted = true;
      begin().then(
        () => mounted && setHere(true),
        (error) => mounted && setFailure({ error }),
      );
      return () => {
        mounted = false;
      };
    }, []);
    if (failure) throw failure.error;
    if (Loaded) return <Loaded {...props} />;
    return Meanwhile ? <Meanwhile {...props} /> : null;
  }
  return Object.assign(Shown, { load: begin });
}

/** Loads what will be wanted soon, one after the other, while nothing else is to do. */
export function loadWhenIdle(parts: readonly Pick<Later<never>, "load">[]): () => void {
  const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 500));
  const cancel = globalThis.cancelIdleCallback ?? clearTimeout;
  const next = (nth: number): void => {
    const part = parts[nth];
    // What cannot be loaded now is tried again when it is shown.
    if (part) handle = idle(() => part.load().catch(() => {}).then(() => !over && next(nth + 1)));
  };
  let over = false;
  let handle: ReturnType<typeof idle>;
  next(0);
  return () => {
    over = true;
    cancel(handle);
  };
}
