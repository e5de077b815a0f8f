import type { RemoteInfo, Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { frameCost } from '../../../../protocol/credit.ts';
import { PlaygroundError } from '../../../../protocol/errors.ts';
import { type Frame, FrameType } from '../../../../protocol/frame.ts';
import { isLoopbackHost, isWildcard } from '../../../../protocol/loopback.ts';
import { SocketCall } from '../../../../protocol/messages/calls.ts';
import { decodeMessage, encodeMessage } from '../../../../protocol/messages/codec.ts';
import type { Endpoint } from '../../../../protocol/messages/fields.ts';
import type { SocketOptions } from '../../../../protocol/messages/options.ts';
import type { Open, Opened, Pending } from '../../../../protocol/messages/socket.ts';
import {
  datagramRoom,
  decodeDatagram,
  decodeU32,
  encodeDatagram,
  encodeEvent,
  encodeSent,
  encodeTime,
} from '../../../../protocol/payloads.ts';
import { parseHost } from '../../../../protocol/target.ts';
import { TokenBucket } from '../../../../protocol/token-bucket.ts';
import type { ByteCount, Microseconds } from '../../../../protocol/units.ts';
import type { Observation } from '../../../tap/tap.ts';
import { destinationKey } from '../../dial/destinations.ts';
import { loopbackOf } from '../../dial/local-addresses.ts';
import { keep } from '../keep.ts';
import { bindDatagramHere, senderKey } from '../listen/listen-here.ts';
import { Outbound } from '../outbound.ts';
import { answer } from '../socket-calls.ts';
import { encodeReset, type Failure, failureFrom } from '../stream-end.ts';
import type { GatewayStream, StreamPort } from '../stream-port.ts';

/** What may wait here while a destination's name is resolved. */
const SENDING_BYTES_MAX: ByteCount = 262_144;

/** A datagram socket. Each datagram's destination passes the policy; what the browser does not take in time is dropped. */
export class UdpStream implements GatewayStream {
  readonly id: number;
  readonly kind = 'udp';
  readonly outbound = new Outbound();
  readonly #port: StreamPort;
  readonly #budget: TokenBucket;
  readonly #observations = new Map<string, Observation>();
  #socket: Socket | undefined;
  /** When bind(2) was called, until it has returned. */
  #binding: Microseconds | undefined;
  /** As the system has it: within the session its port may be another. */
  #local: Endpoint | undefined;
  #forget: (() => void) | undefined;
  /** Datagrams leave in the order they came, though names take time to resolve. */
  #sending: Promise<void> = Promise.resolve();
  #sendingBytes: ByteCount = 0;
  /** What has not returned: bind, and sends that wait for a name or for the kernel. */
  #underWay = 0;
  /** The n of the lab servers' recvfrom(n). */
  #peerReceiveSize: ByteCount | undefined;
  #dropped = 0;
  #droppedTold = 0;
  #isDropPutOff = false;
  #isOver = false;

  constructor(id: number, port: StreamPort) {
    this.id = id;
    this.#port = port;
    const { datagramsPerSecond } = port.limits;
    this.#budget = new TokenBucket(() => port.clock.nowMicros() / 1_000, datagramsPerSecond, datagramsPerSecond);
  }

  /** bind(2). Loopback or wildcard, as the policy of listeners has it; port 0 is any. What is sent meanwhile waits. */
  open(open: Open): void {
    this.#queue(() => this.#bind(open));
  }
  async #bind({ host: asked, port, options = {} }: Open): Promise<void> {
    const host = bindAddress(asked);
    const called = this.#port.clock.nowMicros();
    this.#binding = called;
    // A wildcard would be open to the network: a learner's socket is on loopback unless the instructor opened more.
    const address = isWildcard(host) && !this.#port.listeners.mayListen(host, 0) ? loopbackOf(host) : host;
    const bound = await bindDatagramHere(this.#port, { host: address, port: port ?? 0 }, options);
    const { socket, shownPort, forget } = bound;
    if (this.#isOver) {
      forget();
      socket.close();
      return;
    }
    this.#socket = socket;
    this.#forget = forget;
    socket.on('error', (error) => this.#fail(failureFrom(error, 'recvfrom')));
    socket.on('message', (bytes, from) => this.#onMessage(bytes, from));
    this.#setOptions(socket, options);
    const real = socket.address();
    this.#local = { host: real.address, port: real.port };
    const local = { host: real.address, port: shownPort };
    const opened: Opened = {
      called,
      at: this.#port.clock.nowMicros(),
      local,
      ...(shownPort === real.port ? {} : { outside: this.#local }),
    };
    this.#binding = undefined;
    this.#port.send(FrameType.OPENED, this.id, encodeMessage(opened));
  }

  receive({ type, payload }: Frame): void {
    if (type === FrameType.DGRAM) {
      const datagram = decodeDatagram(keep(payload)); // its name may take long to be resolved
      const cost = frameCost(payload.length);
      this.#sendingBytes += cost;
      if (this.#sendingBytes > SENDING_BYTES_MAX) {
        this.#fail({ code: 'ENOBUFS', text: 'too much waits for a name to be resolved', call: 'sendto' });
      }
      this.#queue(async () => {
        this.#sendingBytes -= cost;
        if (!this.#isOver) await this.#send(datagram.host, datagram.port, datagram.bytes);
      });
    } else if (type === FrameType.RST) this.#end();
    else if (type === FrameType.CLOSE) this.#close();
    else if (type === FrameType.CREDIT) decodeU32(payload);
    else if (type === FrameType.CALL) this.#onCall(decodeMessage(SocketCall, payload));
    else throw new PlaygroundError('FRAME_INVALID', `type ${type} on a datagram socket`);
  }

  #onCall({ id, call, options = {} }: SocketCall): void {
    const outcome = Promise.try(() => {
      const socket = this.#socket;
      if (!socket || !this.#local) throw new PlaygroundError('SOCKET_CLOSED', 'no socket yet');
      if (call === 'getsockopt') {
        return { values: { sendBuffer: socket.getSendBufferSize(), receiveBuffer: socket.getRecvBufferSize() } };
      }
      if (call !== 'setsockopt' || options.trouble) {
        throw new PlaygroundError('UNSUPPORTED', `${call} on a datagram socket`);
      }
      this.#setOptions(socket, options);
      return {};
    });
    answer(this.#port, this.id, id, outcome);
  }
  #setOptions(socket: Socket, { sendBuffer, receiveBuffer, peerReceiveSize }: SocketOptions): void {
    if (sendBuffer !== undefined) socket.setSendBufferSize(sendBuffer);
    if (receiveBuffer !== undefined) socket.setRecvBufferSize(receiveBuffer);
    if (peerReceiveSize === undefined) return;
    this.#peerReceiveSize = peerReceiveSize;
    for (const observation of this.#observations.values()) observation.setReceiveSize(peerReceiveSize);
  }

  onDrain(): void {
    if (this.#dropped > this.#droppedTold) this.#tellDropped();
    if (this.#port.hasEventRoom()) for (const observation of this.#observations.values()) observation.resume();
  }
  sweep(): void {}
  kernelState(): undefined {
    return undefined;
  }
  destroy(): void {
    this.#isOver = true;
    this.#closeSocket();
    this.outbound.clear();
  }

  /** One after the other; the first that fails ends the socket. */
  #queue(work: () => Promise<void>): void {
    this.#underWay += 1;
    this.#sending = this.#sending
      .then(work)
      .catch((error) => this.#fail(failureFrom(error, this.#binding === undefined ? 'sendto' : 'bind')))
      .finally(() => {
        this.#underWay -= 1;
      });
  }
  async #send(host: string, port: number, bytes: Uint8Array): Promise<void> {
    if (!this.#budget.tryTake(1)) throw new PlaygroundError('FRAME_RATE_EXCEEDED', 'too many datagrams');
    const target = isLoopbackHost(host) ? (this.#port.ports.get(`udp ${port}`) ?? port) : port;
    const family = isIPv6(this.#local?.host ?? '') ? 6 : 4;
    const { dialler, destinations } = this.#port;
    const [{ address }] = await dialler.resolve(destinations, { transport: 'udp', host, port: target, family });
    if (this.#isOver || !this.#socket) return;
    this.#observe({ host: address, port: target });
    await new Promise<void>((resolve, reject) => {
      this.#socket?.send(bytes, target, address, (error) => (error ? reject(error) : resolve()));
    });
    if (this.#isOver) return;
    const sent = encodeSent([{ at: this.#port.clock.nowMicros(), count: bytes.length }]);
    this.#port.send(FrameType.SENT, this.id, sent);
  }

  #onMessage(bytes: Buffer, { address, port: real }: RemoteInfo): void {
    const port = this.#shownPort(address, real);
    if (this.#isOver) return;
    this.#port.destinations.know(destinationKey('udp', address, real));
    const { datagramsQueued, datagramBytesQueued } = this.#port.limits;
    const at = this.#port.clock.nowMicros();
    const isTooLong = bytes.length > datagramRoom(address);
    const isFull = this.outbound.length > 0 && this.outbound.bytes + bytes.length > datagramBytesQueued;
    if (isTooLong || isFull || this.outbound.length >= datagramsQueued) {
      this.#dropped += 1;
      // The first is told at once; of the rest soon, or when there is room again, how many they were.
      if (this.#dropped === 1) this.#tellDropped();
      else this.#tellDroppedSoon();
      return;
    }
    this.outbound.push(FrameType.DGRAM, encodeDatagram({ at, host: address, port, bytes }), bytes.length);
    this.#port.wake(this);
  }

  /** A sender whose port this session stands in for has, within the session, the one it asked for. */
  #shownPort(address: string, real: number): number {
    return (isLoopbackHost(address) ? this.#port.ports.get(senderKey(real)) : undefined) ?? real;
  }

  /** Nothing may wait for the browser here that it will acknowledge, so `onDrain` may never come. */
  #tellDroppedSoon(): void {
    if (this.#isDropPutOff) return;
    this.#isDropPutOff = true;
    this.#port.soon(() => {
      this.#isDropPutOff = false;
      if (this.#dropped > this.#droppedTold) this.#tellDropped();
    });
  }
  #tellDropped(): void {
    if (!this.#port.hasEventRoom() || this.#isOver) return;
    this.#countDropped();
  }
  #countDropped(): void {
    this.#droppedTold = this.#dropped;
    const { datagramsQueued: max } = this.#port.limits;
    const at = this.#port.clock.nowMicros();
    const pending: Pending = { at, waiting: this.outbound.length, max, dropped: this.#dropped };
    this.#port.send(FrameType.PENDING, this.id, encodeMessage(pending));
  }

  /** The first datagram to a lab server: from now on its calls for us are told. */
  #observe(server: Endpoint): void {
    const key = `${server.host} ${server.port}`;
    if (!this.#local || this.#observations.has(key) || !this.#port.tap.serverAt('udp', server)) return;
    const client = isWildcard(this.#local.host) ? { ...this.#local, host: server.host } : this.#local;
    const observation = this.#port.tap.observe('udp', client, server, (event) => {
      if (!this.#isOver) this.#port.send(FrameType.EVENT, this.id, encodeEvent(event));
      return this.#port.hasEventRoom();
    });
    observation.setReceiveSize(this.#peerReceiveSize);
    this.#observations.set(key, observation);
  }

  /** close(2): what was sent goes out first, but the port is free for this session's next bind. */
  #close(): void {
    this.#forget?.();
    this.#forget = undefined;
    if (this.#underWay === 0) this.#end();
    else this.#sending = this.#sending.then(() => this.#end());
  }
  #end(): void {
    this.#closeSocket();
    this.#finish(FrameType.CLOSED, encodeTime(this.#port.clock.nowMicros()));
  }
  #fail(failure: Failure): void {
    const at = this.#port.clock.nowMicros();
    this.#closeSocket();
    const called = this.#binding;
    this.#finish(FrameType.RST, encodeReset(at, failure, called === undefined ? {} : { called }));
  }

  #finish(type: FrameType, payload: Uint8Array): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#dropped > this.#droppedTold) this.#countDropped(); // the last there is to say of it
    this.outbound.push(type, payload, 0);
    this.#port.wake(this);
  }

  #closeSocket(): void {
    for (const observation of this.#observations.values()) observation.end();
    this.#observations.clear();
    this.#forget?.();
    this.#forget = undefined;
    this.#socket?.removeAllListeners('message');
    this.#socket?.close();
    this.#socket = undefined;
  }
}

/** A literal, or localhost: what else a name stands for is not asked. @throws {PlaygroundError} HOST_INVALID */
function bindAddress(asked: string): string {
  const { host, kind } = parseHost(asked);
  if (kind !== 'name') return host;
  if (host === 'localhost') return '127.0.0.1';
  throw new PlaygroundError('HOST_INVALID', `${host} is no address to bind`);
}
