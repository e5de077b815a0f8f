import type { ends as english } from '../en/ends.ts';

export const ends: typeof english = {
  client: '你的客户端',
  server: '你的服务器',
  peer: '对端',
};
