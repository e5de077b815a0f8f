import type { app as english } from '../en/app.ts';
import { formatByteCount } from '../format.ts';

const pages = { play: '实验', program: '编程', learn: '学习', teach: '教学' };

export const app: typeof english = {
  brand: '套接字实验场',
  skip: '跳到正文',
  pagesLabel: '页面',
  joinRoom: '加入课堂',
  pages,
  title: (page) => `${page} · 套接字实验场`,
  missing: { title: '没有这个页面', body: '没有与这个地址对应的页面。', back: '回到实验' },
  loading: '正在加载……',
  otherLanguage: { tag: 'en', name: 'English' },
  theme: { system: '主题：跟随系统', light: '主题：浅色', dark: '主题：深色' },
  crash: {
    title: '页面的这一部分出错了',
    body: '你的套接字仍然开着，输入的内容也都保留着。重试后即可继续。',
    retry: '重试',
    reload: '刷新页面',
  },
  footer: {
    sockets: (sockets, listeners) => `${sockets} 个套接字${listeners > 0 ? ` · ${listeners} 个在监听` : ''}`,
    sent: (bytes) => `已发送 ${formatByteCount(bytes)}`,
    received: (bytes) => `已接收 ${formatByteCount(bytes)}`,
    shortcuts: '快捷键',
  },
  tryOut: {
    label: '试一试',
    names: {
      hello: '打个招呼',
      cut: '拆分数据',
      halfClose: '半关闭',
      oneAtATime: '一次只服务一个',
      beServer: '自己当服务器',
      twoLetters: '两封信',
      wrong: '故意出错',
    },
  },
  play: {
    sidebar: '服务器与套接字',
    sidebarWidth: '服务器与套接字栏的宽度',
    inspectorWidth: '检查器的宽度',
    inspectorHint: '点选任意一次调用，查看它的字节、文本和内核记录的连接状态。',
    timesLabel: '时间显示',
    times: { since: '从第一次调用算起', clock: '时钟时间' },
    setup: '服务器、目标与关闭',
    armed: '已设置',
    showInspector: '检查',
    hideInspector: '返回视图',
    emptyTitle: '先连接，再输入内容并按回车。',
    emptyBody: '对端是一个真正的服务器程序：每一个字节、双方的每一次调用，你都能看到。',
    sayHello: '打个招呼',
    dropped: (count, kept) =>
      `最早的 ${count.toLocaleString('en')} 个事件已丢弃：日志保留最近的 ${kept.toLocaleString('en')} 个。其他什么也没有丢。`,
    tooLongDatagrams: (count) =>
      `有 ${count} 个数据报在这里被丢弃：超过了实验场能承载的 65,507 字节。UDP 在 IPv6 上最多 65,527 字节。`,
    droppedDatagrams: (count) => `有 ${count} 个数据报在这里被丢弃：页面来不及接收。`,
    omitted: (bytes: number) => `每个方向只保留最前面的 256 KiB：其后的 ${formatByteCount(bytes)} 只计数，不在此保留。`,
    noEvents: '这个套接字上还没有发生任何事。',
  },
};
