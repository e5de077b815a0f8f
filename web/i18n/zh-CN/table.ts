import type { table as english } from '../en/table.ts';

export const table: typeof english = {
  label: '事件',
  filter: '筛选',
  filterPlaceholder: '文本、dir:sent、len>100',
  filterHint:
    '文本在调用和字节中匹配。还可以写 dir:sent、dir:received、end:local、end:peer、call:recv、is:error、len>100' +
    '（或 <、=、>=、<=）。所有词都要满足；词前加 - 表示排除；引号可以把几个词连在一起。',
  filterKeys: {
    dir: 'dir: 后面是 sent 或 received',
    end: 'end: 后面是 local 或 peer',
    call: 'call: 后面是调用的名字，例如 recv',
    is: 'is: 后面是 error',
    len: 'len> 后面是字节数',
  },
  clear: '清除筛选',
  shown: (shown, all) => `${all} 个事件中的 ${shown} 个`,
  all: (count) => `${count} 个事件`,
  time: '时间',
  delta: 'Δ',
  deltaHint: '距上一行（按时间排列时）',
  sortHint: '排序：升序、降序，再按一次恢复按时间排列',
  measure: '从此行计时',
  measureHint: '测量两行之间的时间：先选中一行，点“从此行计时”，再选另一行；也可以按住 Shift 选第二行。',
  between: (span) => `两行相隔 ${span}`,
  chooseSecond: '请再选一行',
  stopMeasuring: '结束计时',
  end: '端',
  call: '调用',
  direction: '方向',
  length: '长度',
  preview: '预览',
  sent: '发送',
  received: '接收',
  newRows: (count) => `${count} 条新的`,
  empty: '还没有发生任何事。',
  emptyFilter: '没有匹配的事件。',
};
