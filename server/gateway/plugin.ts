import websocket from '@fastify/websocket';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { PlaygroundError } from '../../protocol/errors.ts';
import { MESSAGE_BYTES_MAX } from '../../protocol/frame.ts';
import type { Gateway } from './gateway.ts';

export type GatewayPluginOptions = {
  readonly gateway: Gateway;
  /** Exactly the origins that the page is served from. */
  readonly isOriginAllowed: (origin: string | undefined) => boolean;
};

const FRAGMENTS_MAX = 16;

/** GET /gateway (WebSocket): one tab, all of its sockets. */
export const gatewayPlugin: FastifyPluginAsync<GatewayPluginOptions> = async (app, { gateway, isOriginAllowed }) => {
  await app.register(websocket, {
    options: {
      maxPayload: MESSAGE_BYTES_MAX,
      maxFragments: FRAGMENTS_MAX,
      perMessageDeflate: false,
      skipUTF8Validation: true, // text messages are refused unread
    },
  });
  const checkOrigin = async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    const { origin } = request.headers;
    if (!isOriginAllowed(origin)) throw new PlaygroundError('ORIGIN_FORBIDDEN', `${origin}`);
  };
  app.get('/gateway', { websocket: true, preValidation: checkOrigin }, (ws, { ip }) => gateway.connect(ws, ip));
};
