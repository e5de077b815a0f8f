import { type ComponentType, type ReactNode, Suspense, useEffect, useState } from 'react';

/** A component whose code is fetched apart. */
export type Deferred<Props extends object> = ((props: Props) => ReactNode) & {
  /** Fetches the code; asking twice fetches once. Rejects where it cannot be had. */
  readonly fetch: () => Promise<ComponentType<Props>>;
};
type Load<Props extends object> = () => Promise<ComponentType<Props>>;

/** What is fetched without being asked for, in its order. */
const fetches: (() => Promise<unknown>)[] = [];

/**
 * A component whose code is not part of the first load. It is fetched when the browser has nothing else to do, or when it
 * is first shown if that is earlier; `pending` stands in its place until then.
 */
export function deferred<Props extends object>(load: Load<Props>, pending?: ReactNode): Deferred<Props> {
  const Component = onDemand(load, pending);
  fetches.push(Component.fetch);
  return Component;
}

/** The same, fetched when it is first shown, or when somebody calls its `fetch`. */
export function onDemand<Props extends object>(load: Load<Props>, pending?: ReactNode): Deferred<Props> {
  let loaded: ComponentType<Props> | undefined;
  async function fetch(): Promise<ComponentType<Props>> {
    loaded ??= await load();
    return loaded;
  }
  /** For who looks at it: a network that is away for some seconds is no error. */
  async function fetchPatiently(isShown: () => boolean): Promise<ComponentType<Props>> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        if (attempt > 1) await fetchMissingStyles();
        return await fetch();
      } catch (error) {
        if (attempt === ATTEMPTS || !isShown()) throw error;
        await new Promise((resolve) => setTimeout(resolve, ATTEMPT_PAUSE));
      }
    }
  }
  // Not React's lazy: Suspense shows its stand-in for a third of a second however soon the code comes.
  // biome-ignore lint/correctness/noComponentHookFactories: called once per component, beside the imports, as lazy is.
  function OnDemand(props: Props): ReactNode {
    const [came, setCame] = useState(loaded && { Component: loaded });
    const [failure, setFailure] = useState<{ readonly error: unknown }>();
    useEffect(() => {
      if (came) return;
      let isShown = true;
      fetchPatiently(() => isShown).then(
        (Component) => {
          if (isShown) setCame({ Component });
        },
        (error: unknown) => {
          if (isShown) setFailure({ error });
        },
      );
      return () => {
        isShown = false;
      };
    }, [came]);
    if (failure) throw failure.error;
    if (!came) return pending;
    // Its words may be on their way yet: without a boundary here the whole page would wait for them, keys included.
    return (
      <Suspense fallback={pending}>
        <came.Component {...props} />
      </Suspense>
    );
  }
  return Object.assign(OnDemand, { fetch });
}

/** Style sheets that could not be had are asked for again: the code that brought them does so once. */
async function fetchMissingStyles(): Promise<void> {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
  await Promise.all(links.filter(({ sheet }) => sheet === null).map(replaceLink));
}
function replaceLink(link: HTMLLinkElement): Promise<void> {
  return new Promise((resolve, reject) => {
    const another = document.createElement('link');
    another.rel = 'stylesheet';
    another.href = link.href;
    another.addEventListener('load', () => resolve());
    another.addEventListener('error', () => reject(new Error(`no style sheet ${link.href}`)));
    link.replaceWith(another);
  });
}
/** So often the code of what is shown is asked for before it is an error. */
const ATTEMPTS = 12;
/** ms */
const ATTEMPT_PAUSE = 1_000;

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
