import type { boundaries as english } from '../en/boundaries.ts';

export const boundaries: typeof english = {
  label: '消息边界',
  lens: { sent: '你发送的字节', received: '你接收的字节' },
  summary: ({ writes, reads, joined, cut }) =>
    `${writes} 次发送，${reads} 次读取：合并（+）${joined} 处，拆分（✂）${cut} 处`,
  bytes: '字节',
  write: '发送',
  read: '读取',
  outcome: '结果',
  direction: '方向',
  outcomes: {
    kept: '一次发送，一次读取',
    joined: '合并（俗称“粘包”）',
    cut: '拆分（俗称“拆包”）',
    'joined and cut': '既合并又拆分',
    unread: '还没有读取',
    unwritten: '已读取；还不知道发送',
  },
  fateHints: {
    kept: '这一次，两端的边界正好对上。TCP 并不保证这一点。',
    joined: '一次 recv() 取走了多次 send() 的数据。TCP 是字节流，其中没有“包”，也就没有包会粘在一起。',
    cut: '一次 send() 的数据分几次才读完。TCP 是字节流，不保留 send() 的边界。',
    'joined and cut': '边界不一致：这次 recv() 取走了多次 send() 的数据，而其中一次 send() 又分几次才读完。',
    unread: '数据在对端的接收缓冲区里，或正在传输，或还在本端的发送缓冲区里。',
    unwritten: '读取的报告先到，发送的报告还没有到。',
  },
  unobserved: '观察不到对端',
  borders: {
    both: '一次 send() 和一次 recv() 都在这里结束',
    write: '合并：send() 在这里结束，recv() 继续',
    read: '拆分：recv() 在这里结束，send() 继续',
    open: '发送在这里结束，还没有被读取',
  },
  zoomIn: '放大',
  zoomOut: '缩小',
  readSize: '服务器每次最多读取',
  setReadSize: '设置',
  readSizeOutcome: {
    set: '从服务器的下一次 recv() 起生效。',
    wrong: '请输入 1 到 65536 的数字。',
  },
  firstSend: '第一次发送',
  secondSend: '第二次发送',
  sendBoth: '连续发送两次，中间不等待',
  newRows: (count) => `${count} 条新的`,
  empty: '这个方向还没有传输数据。',
};
