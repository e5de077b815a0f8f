import type { composer as english } from '../en/composer.ts';

export const composer: typeof english = {
  form: '编辑区',
  data: '要发送的数据',
  placeholder: { text: '在这里输入，按回车发送', escapes: 'hello\\n  \\x00\\xff  \\u4f60', hex: '68 65 6c 6c 6f' },
  send: '发送',
  sendAs: '发送格式',
  sendAsOptions: { text: '文本', escapes: '转义', hex: '十六进制' },
  lineEnding: '行尾',
  lineEndingCaption: '行尾',
  lineEndingOptions: { none: '无', lf: 'LF', crlf: 'CRLF' },
  bytes: (count) => `${count} 字节`,
  notYetBytes: '还不成字节',
  keySend: '发送',
  keyNewLine: '换行',
  keyRecall: '找回',
  at: (position) => `位置：第 ${position} 个字符。`,
  empty: '没有可发送的内容。输入一些文字，或选择行尾。',
  notConnected: '还没有连接。你输入的内容会留在这里。',
  listenerSelected: '监听套接字只负责 accept：请选择它的一个对端，或一个客户端来发送。',
  dial: (target) => `带着它连到 ${target}`,
};
