import type { RemoteInfo, Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { frameCost } from '../../../../protocol/credit.ts';
import { PlaygroundError } from '../../../../protocol/errors.ts';
import { type Frame, FrameType } from '../../../../protocol/frame.ts';
import { isLoopbackHost, isWildcard } from '../../../../protocol/loopback.ts';
import type { Endpoint } from '../../../../protocol/messages/fields.ts';
import type { SocketOptions } from '../../../../protocol/messages/options.ts';
import type { Open, Opened } from '../../../../protocol/messages/socket.ts';
import { datagramRoom, decodeDatagram, decodeU32, encodeDatagram, encodeSent } from '../../../../protocol/payloads.ts';
import { parseHost } from '../../../../protocol/target.ts';
import { TokenBucket } from '../../../../protocol/token-bucket.ts';
import type { ByteCount, Microseconds } from '../../../../protocol/units.ts';
import { destinationKey } from '../../dial/destinations.ts';
import { loopbackOf } from '../../dial/local-addresses.ts';
import type { Environment } from '../environment.ts';
import type { GatewayStream } from '../gateway-stream.ts';
import { keep } from '../keep.ts';
import { bindDatagramHere } from '../listen/listen-here.ts';
import { Outbound } from '../outbound.ts';
import { RecvByHand } from '../recv-by-hand.ts';
import { answerCall } from '../socket-calls.ts';
import { type Failure, failureFrom, type StreamEnd } from '../stream-end.ts';
import type { StreamHost } from '../stream-host.ts';
import { CALLS, type CalledDatagrams } from './datagram-calls.ts';
import { DatagramDrops } from './datagram-drops.ts';
import { DatagramPeer } from './datagram-peer.ts';
import { datagramTarget } from './datagram-target.ts';
import { ObservedServers } from './observed-servers.ts';

/** What may wait here while a destination's name is resolved. */
const SENDING_BYTES_MAX: ByteCount = 262_144;

/** A datagram socket. Each datagram's destination passes the policy; what the browser does not take in time is dropped. */
export class UdpStream implements GatewayStream {
  readonly id: number;
  readonly kind = 'udp';
  readonly outbound = new Outbound();
  readonly #environment: Environment;
  readonly #host: StreamHost;
  readonly #budget: TokenBucket;
  readonly #drops: DatagramDrops;
  readonly #servers: ObservedServers;
  readonly #byHand = new RecvByHand({
    start: () => this.#setReading(true),
    stop: () => this.#setReading(false),
    hasRoom: () => this.outbound.length === 0,
    hasEnded: () => false,
  });
  readonly #called: CalledDatagrams = {
    socket: () => this.#boundSocket(),
    setOptions: (socket, options) => this.#setOptions(socket, options),
    byHand: this.#byHand,
    connect: (to) => this.#connect(to),
  };
  readonly #peer = new DatagramPeer();
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
  #isOver = false;

  constructor(id: number, environment: Environment, host: StreamHost) {
    this.id = id;
    this.#environment = environment;
    this.#host = host;
    const { clock, limits, tap } = environment;
    const { datagramsPerSecond, datagramsQueued: max } = limits;
    this.#budget = new TokenBucket(() => clock.nowMicros() / 1_000, datagramsPerSecond, datagramsPerSecond);
    this.#drops = new DatagramDrops({ stream: id, outbound: this.outbound, max, clock, host });
    this.#servers = new ObservedServers(id, tap, host);
  }

  /** bind(2). Loopback or wildcard, as the policy of listeners has it; port 0 is any. What is sent meanwhile waits. */
  open(open: Open): void {
    this.#queue(() => this.#bind(open));
  }
  async #bind({ host: asked, port, options = {} }: Open): Promise<void> {
    const host = bindAddress(asked);
    const { clock, kernel, listeners, queues } = this.#environment;
    const called = clock.nowMicros();
    this.#binding = called;
    // A wildcard would be open to the network: a learner's socket is on loopback unless the instructor opened more.
    const address = isWildcard(host) && !listeners.mayListen(host, 0) ? loopbackOf(host) : host;
    const place = { kernel, listeners, queues, ports: this.#host.tab.ports, owner: this.#host.tab.destinations };
    const bound = await bindDatagramHere(place, { host: address, port }, options);
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
      at: clock.nowMicros(),
      local,
      ...(shownPort === real.port ? {} : { outside: this.#local }),
    };
    this.#binding = undefined;
    this.#host.opened(this.id, opened);
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
        const { host, port, bytes } = datagram;
        if (!this.#isOver) await this.#send({ host, port }, bytes);
      });
    } else if (type === FrameType.RST) this.#end();
    else if (type === FrameType.CLOSE) this.#close();
    else if (type === FrameType.CREDIT) decodeU32(payload);
    else if (type === FrameType.CALL)
      answerCall(this.#host, this.id, payload, CALLS, this.#called, 'on a datagram socket');
    else throw new PlaygroundError('FRAME_INVALID', `type ${type} on a datagram socket`);
  }

  #boundSocket(): Socket {
    if (!this.#socket) throw new PlaygroundError('SOCKET_CLOSED', 'no socket yet');
    return this.#socket;
  }
  #setOptions(socket: Socket, { sendBuffer, receiveBuffer, peerReceiveSize, readByHand }: SocketOptions): void {
    if (readByHand !== undefined) this.#readByHand(socket, readByHand);
    if (sendBuffer !== undefined) socket.setSendBufferSize(sendBuffer);
    if (receiveBuffer !== undefined) socket.setRecvBufferSize(receiveBuffer);
    if (peerReceiveSize !== undefined) this.#servers.setReceiveSize(peerReceiveSize);
  }

  /** @throws {PlaygroundError} UNSUPPORTED: this Node has no such switch */
  #readByHand(socket: Socket, isByHand: boolean): void {
    if (isByHand === this.#byHand.isOn) return;
    if (!this.#environment.kernel.setDatagramReading(socket, !isByHand)) {
      throw new PlaygroundError('UNSUPPORTED', 'this system reads datagrams by itself');
    }
    // Behind the one that takes the datagram; nothing of it runs while the socket is read by itself.
    socket.off('message', this.#onHandRead);
    socket.on('message', this.#onHandRead);
    if (isByHand) this.#byHand.hold();
    else this.#byHand.release();
  }
  /** One that was asked for by hand may come after the switch. */
  readonly #onHandRead = ({ length }: Buffer): void => {
    this.#byHand.onRead(length);
    if (!this.#byHand.isOn) this.#socket?.off('message', this.#onHandRead);
  };
  #setReading(isReading: boolean): void {
    if (this.#socket) this.#environment.kernel.setDatagramReading(this.#socket, isReading);
  }

  onDrain(): void {
    this.#byHand.onRoom();
    this.#drops.onDrain();
    this.#servers.onDrain();
  }
  sweep(): void {}
  kernelState(): undefined {
    return undefined;
  }
  datagramState(): ReturnType<NonNullable<GatewayStream['datagramState']>> {
    return this.#socket && this.#environment.kernel.datagramStateOf(this.#socket);
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
  async #send(to: Endpoint, bytes: Uint8Array): Promise<void> {
    if (!this.#budget.tryTake(1)) throw new PlaygroundError('FRAME_RATE_EXCEEDED', 'too many datagrams');
    const real = await this.#resolve(to);
    if (this.#isOver || !this.#socket) return;
    if (real) {
      if (this.#local) this.#servers.observe(this.#local, real);
      await this.#peer.send(this.#socket, bytes, real);
    } else if (this.#peer.isAt(to)) this.#fail({ code: 'ECONNREFUSED', text: 'nobody is there', call: 'recvfrom' });
    if (this.#isOver) return;
    const sent = encodeSent([{ at: this.#environment.clock.nowMicros(), count: bytes.length }]);
    this.#host.send(FrameType.SENT, this.id, sent);
  }
  /** connect(2), after what was sent before. Like the kernel's, it succeeds whether somebody is there or not. */
  #connect(to: Endpoint): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#queue(() =>
      this.#resolve(to)
        .then((real) => this.#peer.connect(this.#boundSocket(), to, real))
        .then(resolve, reject),
    );
    return promise;
  }
  #resolve(to: Endpoint): Promise<Endpoint | undefined> {
    return datagramTarget(this.#environment.dialler, this.#host.tab, to, isIPv6(this.#local?.host ?? '') ? 6 : 4);
  }

  #onMessage(bytes: Buffer, { address, port: real }: RemoteInfo): void {
    const port = this.#shownPort(address, real);
    if (this.#isOver) return;
    this.#host.tab.destinations.know(destinationKey('udp', address, real));
    const { clock, limits } = this.#environment;
    const { datagramsQueued, datagramBytesQueued } = limits;
    const at = clock.nowMicros();
    const isTooLong = bytes.length > datagramRoom(address);
    const isFull = this.outbound.length > 0 && this.outbound.bytes + bytes.length > datagramBytesQueued;
    if (isTooLong || isFull || this.outbound.length >= datagramsQueued) {
      this.#drops.add(isTooLong);
      return;
    }
    this.outbound.push(FrameType.DGRAM, encodeDatagram({ at, host: address, port, bytes }), bytes.length);
    this.#host.wake(this);
  }

  /** A sender whose port this session stands in for has, within the session, the one it asked for. */
  #shownPort(address: string, real: number): number {
    return (isLoopbackHost(address) ? this.#host.tab.ports.senderPort(real) : undefined) ?? real;
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
    this.#finish({ at: this.#environment.clock.nowMicros() });
  }
  #fail(failure: Failure): void {
    const at = this.#environment.clock.nowMicros();
    this.#closeSocket();
    const called = this.#binding;
    this.#finish({ at, failure, details: called === undefined ? {} : { called } });
  }

  #finish(end: StreamEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#byHand.end();
    this.#drops.end();
    this.#host.ended(this, end);
  }

  #closeSocket(): void {
    this.#servers.end();
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
