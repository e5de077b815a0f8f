/** `socket-playground/client`: sockets of a gateway's machine for a program, in a browser or in Node. */
export { PlaygroundError } from '../../protocol/errors.ts';
export type { Endpoint } from '../../protocol/messages/fields.ts';
export type { SocketOptions } from '../../protocol/messages/options.ts';
export type { Recording } from '../../trace/export/recording.ts';
export { type BindOptions, connectGateway, Gateway, type GatewayOptions, type ListenOptions } from './gateway.ts';
export { type GatewayDatagram, GatewayDatagrams } from './gateway-datagrams.ts';
export { GatewayListener } from './gateway-listener.ts';
export { GatewaySocket, type SocketInfo } from './gateway-socket.ts';
