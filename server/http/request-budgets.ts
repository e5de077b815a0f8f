import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PlaygroundError } from '../../protocol/errors.ts';
import { networkOf } from '../shared/network.ts';
import type { HttpLimits } from './limits.ts';

type Limits = Pick<HttpLimits, 'requestsPerMinutePerAddress' | 'failuresPerMinutePerAddress'>;
export type RequestBudgets = {
  /** Counts one that failed. false: there have been too many from there; say no more than that. */
  readonly isFailureAllowed: (request: FastifyRequest) => Promise<boolean>;
};

/**
 * How much one address may ask for. A WebSocket to the gateway is outside: a learner who has lost the network comes back
 * although somebody behind the same address has used up what there was; who is new there has a budget of the gateway's own.
 */
export async function registerRequestBudgets(app: FastifyInstance, limits: Limits): Promise<RequestBudgets> {
  await app.register(rateLimit, { global: false, timeWindow: '1 minute', keyGenerator: ({ ip }) => networkOf(ip) });
  const requests = app.createRateLimit({ max: limits.requestsPerMinutePerAddress });
  const failures = app.createRateLimit({ max: limits.failuresPerMinutePerAddress });
  app.addHook('onRequest', async (request) => {
    if (request.headers.upgrade !== undefined) return;
    const { isAllowed, ...budget } = await requests(request, { increment: false });
    if (!isAllowed && 'remaining' in budget && budget.remaining === 0) {
      throw new PlaygroundError('FRAME_RATE_EXCEEDED', 'too many requests');
    }
  });
  app.addHook('onSend', async (request, reply) => {
    if (reply.statusCode < 400) await requests(request);
  });
  return {
    isFailureAllowed: async (request) => {
      const budget = await failures(request);
      return budget.isAllowed || !budget.isExceeded;
    },
  };
}
