import type { StreamEnding } from '../../trace/script/script.ts';
import type { ScriptRun, ScriptSocket } from '../../trace/script/script-run.ts';
import type { LiveSocket } from './live-socket.ts';

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
    // Not by its state: the kernel may tell of a FIN while bytes before it are still on their way to the page.
    get ending(): StreamEnding | undefined {
      return live.failure ? 'reset' : live.isAtEof ? 'fin' : undefined;
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
