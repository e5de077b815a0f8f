import type { FakeFacts, FakeSocket } from '../fake-facts.ts';

/** What happens when a learner does something, written down as facts; `s` keeps sockets for the steps after. */
export type Play = (facts: FakeFacts, s: Record<string, FakeSocket>) => void;
/** Of each step: what its solution gives, and of each hint by outcome what raises it. */
export type PlayedLesson = Readonly<
  Record<string, { readonly met: Play; readonly wrong: Readonly<Record<string, Play>> }>
>;

/** Keeps a socket for the steps after. */
export function keep(sockets: Record<string, FakeSocket>, name: string, socket: FakeSocket): FakeSocket {
  sockets[name] = socket;
  return socket;
}
export function waiting(listener: FakeSocket | undefined, count: number): void {
  if (listener) listener.queue = { waiting: count, max: 5 };
}
/** It has asked to connect and got no answer. */
export function asking(socket: FakeSocket): void {
  socket.stateNow = 'SYN-SENT';
}

const HOST = '127.0.0.1';
const CTIME = 'Thu Sep 15 22:29:12 2016';

/** Connected to a lab server, and accepted unless it waits. */
export function tcp(facts: FakeFacts, lab: string, isAccepted = true): FakeSocket {
  const local = { host: HOST, port: 50_000 + facts.sockets.length };
  const socket = facts.socket({ lab, local, remote: { host: HOST, port: 8_009 } });
  socket
    .peer('socket')
    .peer('bind')
    .peer('listen', { argument: 5 })
    .call('connect', { text: `${HOST}:8009` });
  return isAccepted ? socket.peer('accept') : socket;
}
/** Says it, and the server reads so much at once and answers as Python shows it. */
export function say(socket: FakeSocket, text: string, { shown = `b'${text}'`, size = 1_024 } = {}): FakeSocket {
  socket.call('send', { bytes: text });
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) {
    socket.peer('recv', { argument: size, bytes: bytes.subarray(at, at + size) });
  }
  const answer = `[${CTIME}] ${shown}`;
  return socket.peer('send', { bytes: answer }).call('recv', { bytes: answer });
}
/** As Raw echo does. */
export function echo(socket: FakeSocket, text: string): FakeSocket {
  return socket
    .call('send', { bytes: text })
    .peer('recv', { bytes: text })
    .peer('send', { bytes: text })
    .call('recv', { bytes: text });
}
export function end(socket: FakeSocket): FakeSocket {
  return socket.call('close').peer('recv').peer('close');
}
export function failed(
  facts: FakeFacts,
  call: 'connect' | 'bind' | 'listen',
  error: 'ECONNREFUSED' | 'EADDRINUSE' | 'TARGET_FORBIDDEN' | 'CONNECT_TIMEOUT',
  took = 200,
): void {
  facts.socket().call(call, { error, took });
}
/** A socket of a program, connected. */
export function own(facts: FakeFacts, file: `${string}.py`, call: 'connect' | 'accept' = 'connect'): FakeSocket {
  return facts.socket({ from: file }).call(call);
}
/** What a program's listening socket gave it. */
export function accepted(facts: FakeFacts, file: `${string}.py` = 'server.py'): FakeSocket {
  return facts.socket({ from: file, kind: 'accepted' }).call('accept');
}
export function refusedIn(facts: FakeFacts, file: `${string}.py`): void {
  facts.socket({ from: file }).call('connect', { error: 'ECONNREFUSED' });
}
