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
    peer: (ordinal) => `已接受 ${ordinal}`,
  },
  bytes: (sent, received) => `↑ ${formatByteCount(sent)} ↓ ${formatByteCount(received)}`,
  recorded: '录制',
  notAccepted: '尚未被 accept',
  waiting: (count) => `${count} 个在等待`,
  queue: (waiting, max) => `accept 队列：${waiting} / ${max}`,
  closeAll: '全部关闭',
  removeClosed: '移除已关闭的',
  accept: '接受',
  remove: (label) => `移除 ${label}`,
  listen: '监听',
  address: '选择主机和端口',
  listenHost: '监听地址',
  listenPort: '监听端口',
  listenPortHint: '写 0 由系统挑一个空闲端口',
  backlog: 'backlog（队列上限）',
  backlogHint: 'listen(n) 的 n：最多多少个连接可以等待 accept()；Linux 会多放一个',
  backlogInvalid: (max) => `请写 0 到 ${max} 之间的整数。`,
  reuseAddress: 'SO_REUSEADDR',
  reuseAddressHint:
    'Linux、macOS：没有 SO_REUSEADDR 时，若端口上的旧连接还处于 TIME-WAIT，一分钟内不能再绑定（EADDRINUSE）。在 Windows 上不要设置它',
  port: (port) => `:${port}`,
};
