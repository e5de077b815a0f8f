/** One WebSocket that is open or about to be. */
export type WebSocketPort = {
  /** Has read the message when it returns, as WebSocket's own send() has: its buffer is used again. */
  readonly send: (message: Uint8Array<ArrayBuffer>) => void;
  readonly bufferedAmount: () => number;
  /** Gives it up: no event of it counts any more. */
  readonly close: () => void;
};
export type WebSocketEvents = {
  readonly onOpen: () => void;
  readonly onMessage: (message: Uint8Array) => void;
  readonly onClose: (close: { readonly code: number; readonly reason: string }) => void;
};
/** `node`: the only one that has the session; undefined: whichever. */
export type DialGateway = (events: WebSocketEvents, node: string | undefined) => WebSocketPort;
