import type { Stats, Watch } from '../../../protocol/messages/stats.ts';
import type { StreamTable } from './stream-table.ts';

/** Which of a session's sockets the page shows the kernel's view of (WATCH), and how they stand in the kernel. */
export class KernelWatch {
  readonly #streams: StreamTable;
  #watched: Watch = { streams: [] };

  constructor(streams: StreamTable) {
    this.#streams = streams;
  }

  get isOn(): boolean {
    return this.#watched.streams.length > 0;
  }
  set(watched: Watch): void {
    this.#watched = watched;
  }
  /** For STATS. */
  states(): Pick<Stats, 'kernel' | 'peers' | 'datagrams'> {
    const { streams, peers: hasPeers } = this.#watched;
    const kernel = streams.flatMap((stream) => {
      const state = this.#streams.kernelState(stream);
      return state ? [{ stream, ...state }] : [];
    });
    const datagrams = this.#streams.datagramStates(streams);
    return {
      kernel,
      ...(hasPeers && { peers: this.#streams.peerStates(streams) }),
      ...(datagrams.length > 0 && { datagrams }),
    };
  }
}
