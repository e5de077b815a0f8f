import type { PeerConnection, PeerState } from '../../../lesson/peer-run.ts';
import type { LiveSocket } from '../live-socket.ts';

/** A socket of the page, as a scripted peer uses it. */
export function peerConnection(socket: LiveSocket): PeerConnection {
  return {
    get state() {
      return stateOf(socket);
    },
    get received() {
      return socket.received;
    },
    subscribe: socket.subscribe,
    send: (bytes) => {
      if (socket.canSend) socket.send(bytes);
    },
    end: () => socket.shutdown(),
    reset: () => socket.reset(),
    close: () => socket.close(),
  };
}

function stateOf(socket: LiveSocket): PeerState {
  const { failure, isOpened, isOver, log } = socket;
  if (failure) return isOpened ? 'reset' : 'refused';
  if (!isOpened) return isOver ? 'refused' : 'opening';
  for (let index = log.length() - 1; index >= 0; index -= 1) {
    const event = log.at(index);
    if (event?.end === 'local' && event.call === 'recv') return event.count === 0 ? 'fin' : 'open';
  }
  return 'open';
}
