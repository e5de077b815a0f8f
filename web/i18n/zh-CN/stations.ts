import type { stations as english } from '../en/stations.ts';

export const stations: typeof english = {
  label: '四个位置',
  yourProgram: '你的程序',
  yourKernel: '你的内核',
  theirKernel: '对端内核',
  theirProgram: '对端程序',
  sent: '你发送的数据',
  received: '对端发送的数据',
  places: {
    unsent: '停在 send() 中',
    sendQueue: '发送缓冲区',
    receiveQueue: '接收队列',
    read: '已读取',
    next: '第一个数据报',
  },
  waits: '阻塞在 send()',
  recvWaits: (n) => `阻塞在 recv(${n})`,
  inferred: '推断',
  unknown: '未知',
  window: (bytes) => `窗口：还可接收 ${bytes}`,
  closedWindow: '窗口为 0：已关闭',
  memory: (taken, buffer) => `接收缓冲区：${buffer} 中已占用 ${taken}，含内核自身的开销`,
  dropped: (count) => `接收缓冲区放不下，内核丢弃了 ${count} 个数据报。`,
  proxied: '中间有一个故障代理：它持有的数据不在这四个位置中。',
  over: '套接字已关闭：你的内核中不再有它的数据。',
  lessons: {
    'recv waits': 'recv() 正在等待：你的内核里还没有数据。只要有字节到达，哪怕很少，它就会返回。',
    'they wait':
      '对端的 send() 没有返回：你的接收队列已满，窗口关闭，对端的发送缓冲区也随之填满。按 recv 读走一些，对端就能继续发送。',
    'you wait':
      '你的 send() 没有返回：对端不读取，它的接收队列已满，你的发送缓冲区也满了。对端程序调用 recv() 之后，send() 才会返回。',
    'unread there': '你的 send() 已经返回，对端内核也已确认收到；但对端程序还没有读取，也可能永远不会读取。',
    'unread here':
      '这些字节已经到达并被确认，但还没有 recv() 取走它们。recv(n) 最多返回 n 个字节，不足 n 个时有多少返回多少。此时 close() 会发送 RST，因为还有未读的数据。',
    nothing: '途中没有数据。发送一些，或让对端发送。',
  },
};
