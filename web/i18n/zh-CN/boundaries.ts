import type { boundaries as english } from '../en/boundaries.ts';

export const boundaries: typeof english = {
  label: '边界',
  lens: { sent: '你发送的字节', received: '你接收的字节' },
  summary: ({ writes, reads, joined, cut }) =>
    `${writes} 次发送，${reads} 次读取：合并（+）${joined} 处，切开（✂）${cut} 处`,
  bytes: '字节',
  write: '发送',
  read: '读取',
  fate: '结果',
  direction: '方向',
  fates: {
    kept: '一次发送，一次读取',
    joined: '合并',
    cut: '切开',
    'joined and cut': '既合并又切开',
    unread: '还没有读取',
    unwritten: '已读取；还不知道发送',
  },
  fateHints: {
    kept: '这一次，两端的边界正好对上。TCP 并不保证这一点。',
    joined: '一次读取得到了多次发送。',
    cut: '一次发送被多次读取。',
    'joined and cut': '边界对不上：这次读取得到了多次发送，这次发送也被多次读取。',
    unread: '字节还在另一端的接收缓冲区里等待，或者在路上。',
    unwritten: '另一端先告知了读取，这一端还没有告知发送。',
  },
  unobserved: '另一端观察不到',
  borders: {
    both: '一次发送和一次读取都在这里结束',
    write: '合并：发送在这里结束，读取继续',
    read: '切开：读取在这里结束，发送继续',
    open: '发送在这里结束，还没有被读取',
  },
  zoomIn: '放宽',
  zoomOut: '缩窄',
  readSize: '服务器每次最多读取',
  setReadSize: '设置',
  readSizeOutcome: {
    set: '从下一次 recv() 开始。',
    wrong: '请输入 1 到 65536 的数字。',
  },
  firstSend: '第一次发送',
  secondSend: '第二次发送',
  sendBoth: '两次一起发送',
  newRows: (count) => `${count} 条新的`,
  empty: '还没有字节朝这个方向传送。',
};
