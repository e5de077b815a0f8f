import type { Socket } from 'node:net';
import websocket from '@fastify/websocket';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { PlaygroundError } from '../../protocol/errors.ts';
import { MESSAGE_BYTES_MAX } from '../../protocol/frame.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { brakeLog } from '../shared/log-brake.ts';
import { networkOf } from '../shared/network.ts';
import { timerClock } from '../shared/timer-clock.ts';

export type GatewayPluginOptions = {
  readonly gateway: Gateway;
  /** Exactly the origins that the page is served from. */
  readonly isOriginAllowed: (origin: string | undefined) => boolean;
  /** Somebody speaks over the WebSocket that this connection has become: until then it is one of HTTP's. */
  readonly onSpoken: (socket: Socket) => void;
};

const FRAGMENTS_MAX = 16;
/** How long a WebSocket that broke RFC 6455 has to read why it was closed. */
const CLOSE_TIMEOUT: Milliseconds = 500;

/** GET /gateway (WebSocket), or /gateway/n/NODE where a session is: one tab, all of its sockets. POST /gateway: whether the page would be let in; browsers do not tell it why a WebSocket was refused. */
export const gatewayPlugin: FastifyPluginAsync<GatewayPluginOptions> = async (app, options) => {
  const { gateway, isOriginAllowed, onSpoken } = options;
  const tellFault = brakeLog((line: { code: string }) => app.log.info(line, 'WebSocket ended'), timerClock.now);
  await app.register(websocket, {
    options: {
      maxPayload: MESSAGE_BYTES_MAX,
      maxFragments: FRAGMENTS_MAX,
      perMessageDeflate: false,
      skipUTF8Validation: true, // text messages are refused unread
      handleProtocols: () => false, // none is spoken, whatever is offered
    },
    // What breaks RFC 6455, or is cut in the middle: the peer's fault. ws has sent its close frame and discards what still
    // comes; a reset now, with bytes unread, could take that frame away before the peer has read it.
    errorHandler: (error, ws) => {
      tellFault({ code: (error as { code?: string }).code ?? error.name });
      ws.once(
        'close',
        timerClock.after(CLOSE_TIMEOUT, () => ws.terminate()),
      );
    },
  });
  const checkOrigin = async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    const { origin } = request.headers;
    if (!isOriginAllowed(origin)) throw new PlaygroundError('ORIGIN_FORBIDDEN', `${origin}`);
  };
  for (const path of ['/gateway', '/gateway/n/:node']) {
    app.get<{ Params: { node?: string } }>(
      path,
      { websocket: true, preValidation: checkOrigin },
      (ws, { ip, socket, params }) => {
        ws.once('message', () => onSpoken(socket));
        gateway.connect(ws, socket, networkOf(ip), params.node);
      },
    );
    app.post(path, { preValidation: checkOrigin }, async (_request, reply) => reply.code(204).send());
  }
};
