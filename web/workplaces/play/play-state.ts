import { SOCKET_VIEWS, type SocketViewName } from '../socket/views.ts';

/** Those of one socket; that of two beside each other; those of the server that a socket has to do with. */
export const VIEWS = [...SOCKET_VIEWS, 'compare', 'room', 'ports'] as const;
export type View = (typeof VIEWS)[number];

export function isSocketView(view: View): view is SocketViewName {
  return SOCKET_VIEWS.some((name) => name === view);
}

/** What is chosen in the workplace; sockets and their bytes live in the store. */
export type PlayState = {
  readonly socketId: number | undefined;
  /** The event chosen in each socket's log, by the socket's id: coming back to a socket finds it as it was left. */
  readonly events: ReadonlyMap<number, number>;
  /** Where there is no room for it beside the view, the inspector lies over it while it is open. */
  readonly isInspectorOpen: boolean;
  /** Where the page is narrow: what a socket is opened and closed with is folded away. */
  readonly isFolded: boolean;
};
export const FIRST_STATE: PlayState = {
  socketId: undefined,
  events: new Map(),
  isInspectorOpen: false,
  isFolded: false,
};

export type PlayAction =
  | { readonly type: 'socket chosen'; readonly socketId: number }
  | { readonly type: 'event chosen'; readonly socketId: number; readonly index: number | undefined }
  | { readonly type: 'folded'; readonly isFolded: boolean }
  | { readonly type: 'inspector opened' }
  | { readonly type: 'inspector closed' };

export function nextPlayState(state: PlayState, action: PlayAction): PlayState {
  switch (action.type) {
    case 'socket chosen':
      return { ...state, socketId: action.socketId };
    case 'event chosen': {
      const events = new Map(state.events);
      if (action.index === undefined) events.delete(action.socketId);
      else events.set(action.socketId, action.index);
      return { ...state, events };
    }
    case 'folded':
      return { ...state, isFolded: action.isFolded };
    case 'inspector opened':
      return { ...state, isInspectorOpen: true };
    case 'inspector closed':
      return { ...state, isInspectorOpen: false };
  }
}

/** The item `step` places on from the one that is chosen, around the ends; the first or last where none is. */
export function neighbour<Item>(items: readonly Item[], chosen: Item | undefined, step: 1 | -1): Item | undefined {
  const at = chosen === undefined ? -1 : items.indexOf(chosen);
  if (at < 0) return step > 0 ? items[0] : items.at(-1);
  return items[(at + step + items.length) % items.length];
}

export function parseView(stored: unknown): View {
  return VIEWS.find((view) => view === stored) ?? 'ladder';
}
