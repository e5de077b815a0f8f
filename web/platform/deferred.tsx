import { type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react';

/** Each fetches the code of one component; asking twice fetches once. */
const fetches: (() => Promise<unknown>)[] = [];

/**
 * A component whose code is not part of the first load. It is fetched when the browser has nothing else to do, or when it
 * is first shown if that is earlier; `pending` stands in its place until then.
 */
export function deferred<Props extends object>(load: () => Promise<ComponentType<Props>>, pending?: ReactNode) {
  let loaded: ComponentType<Props> | undefined;
  async function fetchCode() {
    loaded ??= await load();
    return { default: loaded };
  }
  const Pending: ComponentType<Props> = lazy(fetchCode);
  fetches.push(fetchCode);

  // biome-ignore lint/correctness/noComponentHookFactories: called once per component, beside the imports, as React's lazy is.
  return function Deferred(props: Props) {
    // Chosen once, so that it stays the same component. What is there already is drawn at once: React shows the stand-in
    // of a lazy component for a third of a second however soon its code comes.
    const [Component] = useState(() => loaded ?? Pending);
    return (
      <Suspense fallback={pending}>
        <Component {...props} />
      </Suspense>
    );
  };
}

/** What has to be done first. */
let before: Promise<unknown> = Promise.resolve();

/** Puts off what is deferred: the page is at work for somebody who waits, in threads that the browser's idle time knows not of. */
export function putOffDeferred(until: Promise<unknown>): void {
  before = Promise.allSettled([before, until]);
}

/** Fetches what is deferred, one after another, as the browser finds time. */
export function fetchDeferred(): void {
  whenIdle(() => void fetchNext());
}

async function fetchNext(): Promise<void> {
  await before;
  const next = fetches.shift();
  if (next === undefined) return;
  // A chunk that cannot be had now is asked for again when it is shown, and its error is shown there.
  await next().catch(() => undefined);
  fetchDeferred();
}

function whenIdle(task: () => void): void {
  // Safari has it from version 26 on.
  if ('requestIdleCallback' in window) window.requestIdleCallback(task, { timeout: IDLE_WAIT_MAX });
  else setTimeout(task, IDLE_WAIT_MAX);
}
/** Milliseconds after which the next part is fetched though the page is busy. */
const IDLE_WAIT_MAX = 1_000;
