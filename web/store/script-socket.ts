import type { ScriptRun, ScriptSocket } from '../../trace/script/script-run.ts';
import type { SocketState } from '../../trace/socket.ts';
import type { LiveSocket } from './live-socket.ts';

/** The peer has sent its last byte. */
const ENDED: ReadonlySet<SocketState> = new Set(['CLOSE-WAIT', 'LAST-ACK', 'CLOSING', 'TIME-WAIT', 'CLOSED']);

/** A socket of the page as a script uses it. */
export function scriptSocketOf(live: LiveSocket): ScriptSocket {
  return {
    subscribe: live.subscribe,
    received: live.received,
    get isConnected() {
      return live.local !== undefined;
    },
    get canSend() {
      return live.canSend;
    },
    get isOver() {
      return live.isOver;
    },
    get hasEnded() {
      return ENDED.has(live.state);
    },
    get queuedBytes() {
      return live.queuedBytes;
    },
    send: (bytes) => live.send(bytes),
    end: () => live.shutdown(),
    reset: () => live.reset(),
    close: () => live.close(),
  };
}

/** Begins a script, in place of the one that goes on. */
export function play(live: LiveSocket, begin: (socket: ScriptSocket) => ScriptRun): void {
  live.drive(() => begin(scriptSocketOf(live)));
}
