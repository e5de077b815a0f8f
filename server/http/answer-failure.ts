import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PlaygroundError } from '../../protocol/errors.ts';
import { languageOf, missingPage, SENTENCE_PAGE_POLICY, wrongNamePage } from './sentence-page.ts';

/**
 * Answers a program with JSON (the code and what it was about), a person who opens a page with a page. A reply that has a status of
 * an error keeps it. `option`: the option that would allow the requested name.
 */
export function answerFailure(
  request: FastifyRequest,
  reply: FastifyReply,
  { code, statusCode, message }: PlaygroundError,
  option: string | undefined,
): FastifyReply {
  if (reply.statusCode < 400) reply.code(statusCode);
  reply.header('cache-control', 'no-store');
  if (opensPage(request)) {
    const language = languageOf(request.headers['accept-language']);
    if (code === 'HOST_FORBIDDEN') return sendSentence(reply, wrongNamePage(language, option));
    if (code === 'PAGE_MISSING') return sendMissing(request, reply);
  }
  return reply.send({ code, message });
}

function opensPage({ method, headers }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && /\btext\/html\b/.test(headers.accept ?? '');
}

/** The page says so itself where it finds its files: they are named from the path that it stands in. */
function sendMissing({ raw, headers, url }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const depth = (url.split('?')[0] ?? '').split('/').length - 2;
  if (depth > 0) return sendSentence(reply, missingPage(languageOf(headers['accept-language']), '../'.repeat(depth)));
  // What the browser has of the document is of another address and status: no 304 and no part of it.
  for (const name of ['if-none-match', 'if-modified-since', 'range']) delete raw.headers[name];
  return reply.sendFile('index.html');
}

function sendSentence(reply: FastifyReply, document: string): FastifyReply {
  return reply.header('content-security-policy', SENTENCE_PAGE_POLICY).type('text/html; charset=utf-8').send(document);
}
