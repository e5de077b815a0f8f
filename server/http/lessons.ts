import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { FastifyPluginAsync } from 'fastify';

export type LessonsOptions = {
  /** A pack of lessons as one file; undefined: learners have those of the page. */
  readonly lessons: string | undefined;
};

/** GET /lessons.json: the lessons that this server hands out; 204 where there are none, as a page asks whether there are. */
export const lessonsPlugin: FastifyPluginAsync<LessonsOptions> = async (app, { lessons }) => {
  if (lessons === undefined) {
    app.get('/lessons.json', (_request, reply) => reply.header('cache-control', 'no-cache').code(204).send());
    return;
  }
  const plain = Buffer.from(lessons);
  // A class comes at once: it is compressed once.
  const packed = gzipSync(plain);
  const tag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  app.get('/lessons.json', ({ headers }, reply) => {
    reply.headers({ 'cache-control': 'no-cache', etag: tag, vary: 'accept-encoding' });
    if (headers['if-none-match'] === tag) return reply.code(304).send();
    reply.type('application/json; charset=utf-8');
    const takesGzip = /\bgzip\b/.test(`${headers['accept-encoding'] ?? ''}`);
    return takesGzip ? reply.header('content-encoding', 'gzip').send(packed) : reply.send(plain);
  });
};
