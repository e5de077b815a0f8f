/** `socket-playground/testing`: real sockets for tests, whatever runs them. */
export type { Endpoint } from '../../protocol/messages/fields.ts';
export type { Toxic } from '../../server/faults/toxic.ts';
export { encodePcapng as toPcapng } from '../../trace/export/pcapng.ts';
export type { Recording } from '../../trace/export/recording.ts';
export { encodeRecording as toJson, parseRecording } from '../../trace/export/session-json.ts';
export { type BytesLike, hex } from './bytes.ts';
export { type ConnectOptions, connectTcp } from './connect-tcp.ts';
export { SocketExpectationError } from './expectation.ts';
export { type MatchOptions, matchers } from './matchers.ts';
export { type LabName, type PlaygroundOptions, startPlayground, type TestPlayground } from './playground.ts';
export { type ReplayOptions, replay } from './replay.ts';
export { type Ending, type PeerOptions, TcpPeer } from './tcp-peer.ts';
export { type Faults, type ProxyOptions, proxyTcp, TcpProxy } from './tcp-proxy.ts';
export { type ListenOptions, listenTcp, type Script, TcpServer } from './tcp-server.ts';
export { toText } from './to-text.ts';
export { toxics } from './toxics.ts';
export { type BindOptions, bindUdp, type Datagram, UdpPeer } from './udp-peer.ts';
export type { WaitOptions } from './waiting.ts';
