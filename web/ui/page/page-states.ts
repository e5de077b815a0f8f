import { createContext, useContext } from 'react';

/** Names a state and carries its type. */
export type StateKey<State> = { readonly name: string; readonly ofType?: State };

/** What pages keep while another page is shown, by name. One for the whole application: main.tsx makes it. */
export class PageStates {
  readonly #states = new Map<string, unknown>();

  of<State>({ name }: StateKey<State>, create: () => State): State {
    if (!this.#states.has(name)) this.#states.set(name, create());
    return this.#states.get(name) as State;
  }
  /** Undefined: no page has made it yet. */
  find<State>({ name }: StateKey<State>): State | undefined {
    return this.#states.get(name) as State | undefined;
  }
  keep<State>({ name }: StateKey<State>, state: State): void {
    this.#states.set(name, state);
  }
}

export const PageStatesContext = createContext<PageStates | undefined>(undefined);

/** @throws {Error} outside of the application */
export function usePageStates(): PageStates {
  const states = useContext(PageStatesContext);
  if (!states) throw new Error('no PageStatesContext above');
  return states;
}
