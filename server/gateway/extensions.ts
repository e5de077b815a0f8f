import { type ErrorCode, isUnforeseen } from '../../protocol/errors.ts';
import type { FrameType } from '../../protocol/frame.ts';
import type { Open } from '../../protocol/messages/socket.ts';
import type {
  ExtensionCall,
  ExtensionFrame,
  GatewayExtension,
  OpenOutcome,
  SocketFailure,
  TabChange,
  TabSession,
} from './extension.ts';

type TakeFrame = NonNullable<NonNullable<GatewayExtension['frames']>[ExtensionFrame]>;

/** All extensions of one gateway, as one. */
export class Extensions {
  readonly #all: readonly GatewayExtension[];
  readonly #frames = new Map<number, TakeFrame>();
  readonly #calls = new Map<string, ExtensionCall>();

  /** @throws {TypeError} two take the same frames or calls */
  constructor(all: readonly GatewayExtension[]) {
    this.#all = all;
    for (const { frames = {}, calls = {} } of all) {
      for (const [type, take] of Object.entries(frames)) addOnce(this.#frames, Number(type), take, 'frame type');
      for (const [name, call] of Object.entries(calls)) addOnce(this.#calls, name, call, 'call');
    }
  }

  /** Who takes these frames of the session. */
  frame(type: FrameType): TakeFrame | undefined {
    return this.#frames.get(type);
  }
  /** Who answers this call. */
  call(name: string): ExtensionCall | undefined {
    return this.#calls.get(name);
  }

  onTab(session: TabSession, change: TabChange): void {
    this.#tell(({ onTab }) => onTab?.(session, change));
  }
  onOutcome(session: TabSession, open: Open, outcome: OpenOutcome): void {
    this.#tell(({ onOutcome }) => onOutcome?.(session, open, outcome));
  }
  onReset(session: TabSession, failure: SocketFailure): void {
    this.#tell(({ onReset }) => onReset?.(session, failure));
  }
  onRefused(code: ErrorCode): void {
    this.#tell(({ onRefused }) => onRefused?.(code));
  }
  onFault(error: unknown): void {
    for (const { onFault } of this.#all) {
      try {
        onFault?.(error);
      } catch {} // the reporter itself failed: the others report the first fault
    }
  }
  /** The first that refuses is the answer. @throws {PlaygroundError} its; whatever else is thrown refuses too, and is a fault */
  mayOpen(session: TabSession, open: Open): void {
    try {
      for (const { mayOpen } of this.#all) mayOpen?.(session, open);
    } catch (error) {
      if (isUnforeseen(error)) this.onFault(error);
      throw error;
    }
  }

  #tell(tell: (extension: GatewayExtension) => void): void {
    for (const extension of this.#all) {
      try {
        tell(extension);
      } catch (error) {
        this.onFault(error);
      }
    }
  }
}

function addOnce<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, what: string): void {
  if (map.has(key)) throw new TypeError(`${what} ${key} belongs to two extensions`);
  map.set(key, value);
}
