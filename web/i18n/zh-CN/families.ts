import type { families as english } from '../en/families.ts';

export const families: typeof english = {
  button: '地址族',
  title: '地址族与类型',
  about:
    '刚刚在这台服务器上调用 socket(family, type, protocol) 的结果。协议为 0；IP 上的 SOCK_RAW 用 ping 的协议，即 1 或 58。',
  families: {
    AF_INET: 'IPv4：一个地址（如 127.0.0.1）和一个端口。',
    AF_INET6: 'IPv6：一个地址（如 ::1）和一个端口。',
    AF_UNIX: '同一台机器内的套接字：用路径代替地址和端口。',
  },
  asking: '正在询问……',
  cannotAsk: '这里无法询问本系统的 C 库：只使用 SOCK_STREAM 和 SOCK_DGRAM。',
  type: '类型',
  works: '这里可用',
  becomesDatagram: '变成 SOCK_DGRAM',
  types: {
    SOCK_STREAM: '没有消息边界的字节流，按序；丢了会重传，否则连接失败：TCP。',
    SOCK_DGRAM: '数据报：各自独立，可能丢失、重复或乱序：UDP。',
    SOCK_RAW:
      '不经 TCP、UDP 的 IP 数据包（IPv4 接收时连同首部）；用于 ping 和路由程序，需要 CAP_NET_RAW。在 AF_UNIX 上，Linux 把它当作 SOCK_DGRAM。',
    SOCK_RDM: '不丢失但可能乱序的数据报。它不是 UDP：Linux 在 IP 上没有这样的协议。',
    SOCK_SEQPACKET: '保留消息边界的连接；在 Linux 上经 AF_UNIX 可用，在 IP 上只有 SCTP。',
  },
  seqpacket: '真正的 AF_UNIX SOCK_SEQPACKET',
  seqpacketHint:
    '两条消息都在第一次 recv() 之前发出：字节流会把它们连在一起。这里每次 recv(n) 返回一条，过长的那条其余部分丢失。',
  firstMessage: '第一条消息',
  secondMessage: '第二条消息',
  receiveSize: 'recv(n)',
  send: '两条都发送',
  lost: (bytes) => `丢失 ${bytes} B`,
};
