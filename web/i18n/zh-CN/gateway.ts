import type { gateway as english } from '../en/gateway.ts';
import { formatSpan } from '../format.ts';

export const gateway: typeof english = {
  connecting: '正在连接网关……',
  online: (latency) => (latency === undefined ? '网关' : `网关，${formatSpan(latency * 1_000)}`),
  unstable: '网关不稳定',
  offline: '连不上网关',
  refused: '网关拒绝',
  left: '已离开网关',
  backLossless: (away) => `离线 ${Math.max(1, Math.round(away / 1_000))} 秒后恢复，没有丢失任何数据。`,
  backLost: (away) =>
    `离线 ${Math.max(1, Math.round(away / 1_000))} 秒后恢复。之前的套接字已关闭，当时在途的数据可能丢失。`,
  token: '口令',
  enter: '进入',
  allowOrigin: '要允许这个地址，请这样启动服务器：',
  dismiss: '知道了',
  openMode: '开放模式：这个网关可以连接任何公网地址，请谨慎使用。',
};
