import type { target as english } from '../en/target.ts';

export const target: typeof english = {
  form: '目标',
  protocol: '协议',
  host: '主机',
  port: '端口',
  connect: '连接',
};
