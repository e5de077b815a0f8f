import type { families as english } from '../en/families.ts';

export const families: typeof english = {
  button: '地址族',
  title: '地址族与类型',
  about: '刚刚向这台服务器的内核询问 socket(family, type) 的结果：',
  asking: '正在询问……',
  cannotAsk: '这里无法询问本系统的 C 库：只使用 SOCK_STREAM 和 SOCK_DGRAM。',
  type: '类型',
  works: '这里可用',
  types: {
    SOCK_STREAM: '没有边界的字节流，有序，不丢失：TCP。',
    SOCK_DGRAM: '数据报：各自独立，可能丢失或乱序：UDP。',
    SOCK_RAW: '原样的数据包，连同首部；用于 ping 和扫描，所以需要 CAP_NET_RAW。',
    SOCK_RDM: '不丢失但可能乱序的数据报；表里有它的位置，IP 从未实现。',
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
