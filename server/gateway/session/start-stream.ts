import type { Open } from '../../../protocol/messages/socket.ts';
import type { Environment } from '../streams/environment.ts';
import { connectBound, listenBound } from '../streams/listen/bound-calls.ts';
import { BoundStream } from '../streams/listen/bound-stream.ts';
import { ListenerStream } from '../streams/listen/listener-stream.ts';
import type { StreamHost } from '../streams/stream-host.ts';
import { connectTcp } from '../streams/tcp/connect-tcp.ts';
import { connectUnix } from '../streams/tcp/connect-unix.ts';
import { TcpStream } from '../streams/tcp/tcp-stream.ts';
import { UdpStream } from '../streams/udp/udp-stream.ts';
import type { StreamTable } from './stream-table.ts';

/** The session whose stream is started. */
export type StreamPlace = {
  readonly environment: Environment;
  readonly host: StreamHost;
  readonly streams: StreamTable;
};

/** One row a kind of socket: adds its stream to the session and makes the first calls. Failures come as RST. */
const START: Readonly<Record<Open['kind'], (place: StreamPlace, id: number, open: Open) => void>> = {
  tcp: (place, id, open) => void connectTcp(connectingOf(place, id), open),
  unix: (place, id, open) => connectUnix(connectingOf(place, id), open),
  listen: ({ environment, host, streams }, id, open) =>
    void streams.add(new ListenerStream(id, environment, host)).open(open),
  udp: ({ environment, host, streams }, id, open) => streams.add(new UdpStream(id, environment, host)).open(open),
  bound: ({ environment, host, streams }, id, open) => {
    const replace = streams.replace.bind(streams);
    const successor = {
      listen: listenBound(environment, host, id, replace),
      connect: connectBound(environment, host, id, replace),
    };
    void streams.add(new BoundStream(id, environment, host, successor)).open(open);
  },
  seqpacket: (place, id, { kind }) =>
    connectingOf(place, id).stream.fail({ code: 'UNSUPPORTED', text: kind, call: 'socket' }),
};

export function startStream(place: StreamPlace, id: number, open: Open): void {
  START[open.kind](place, id, open);
}

function connectingOf({ environment, host, streams }: StreamPlace, id: number) {
  return { environment, host, stream: streams.add(new TcpStream(id, environment, host)) };
}
