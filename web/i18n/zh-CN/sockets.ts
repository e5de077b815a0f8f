import type { sockets as english } from '../en/sockets.ts';
import { formatByteCount } from '../format.ts';

export const sockets: typeof english = {
  title: '我的套接字',
  earlier: (count) => `前面还有 ${count} 个`,
  later: (count) => `后面还有 ${count} 个`,
  none: '还没有。连接一个服务器，或者监听自己的端口。',
  label: {
    client: (ordinal) => `客户端 ${ordinal}`,
    listener: (ordinal) => `监听 ${ordinal}`,
    peer: (ordinal) => `对端 ${ordinal}`,
  },
  bytes: (sent, received) => `↑ ${formatByteCount(sent)} ↓ ${formatByteCount(received)}`,
  recorded: '录制',
  notAccepted: '尚未被 accept',
  waiting: (count) => `${count} 个在等待`,
  queue: (waiting, max) => `监听队列：${max} 个位置用了 ${waiting} 个`,
  closeAll: '全部关闭',
  removeClosed: '移除已关闭的',
  accept: '接受',
  remove: (label) => `移除 ${label}`,
  listen: '监听',
  address: '选择主机和端口',
  listenHost: '本机主机',
  listenPort: '本机端口',
  listenPortHint: '写 0 由系统挑一个空闲端口',
  backlog: '队列长度',
  backlogHint: 'listen(n) 的 n：accept 之前最多多少个连接可以等待',
  backlogInvalid: (max) => `请写 0 到 ${max} 之间的整数。`,
  reuseAddress: 'SO_REUSEADDR',
  reuseAddressHint: '没有 SO_REUSEADDR 时，若端口上的旧连接还处于 TIME-WAIT，一分钟内无法再用：EADDRINUSE',
  port: (port) => `:${port}`,
};
