import type { Phase } from '../../client/session.ts';
import type { SocketErrorCode } from '../../protocol/errors.ts';
import type { Limits, PolicyMode, RoomsEntry } from '../../protocol/messages/session.ts';
import type { Milliseconds } from '../../protocol/units.ts';

/** How the page stands with the gateway. */
export type GatewayStatus = {
  readonly phase: Phase;
  /** Of the last PING and its PONG. */
  readonly latency: Milliseconds | undefined;
  readonly mode: PolicyMode | undefined;
  readonly queue: 'kernel' | 'emulated' | undefined;
  readonly limits: Limits | undefined;
  /** Who opens sockets outside of class rooms; undefined: there are no rooms here. */
  readonly rooms: RoomsEntry | undefined;
  /** The host serves Python: said by WELCOME, and taken for granted until then. */
  readonly hasPython: boolean;
  /** After an outage: how long it was, and whether every socket came through it. */
  readonly back: { readonly away: Milliseconds; readonly isLossless: boolean } | undefined;
  readonly failure: { readonly code: SocketErrorCode; readonly text: string } | undefined;
};

/** Before the first WELCOME. */
export const CONNECTING: GatewayStatus = {
  phase: 'connecting',
  latency: undefined,
  mode: undefined,
  queue: undefined,
  limits: undefined,
  rooms: undefined,
  hasPython: true,
  back: undefined,
  failure: undefined,
};
