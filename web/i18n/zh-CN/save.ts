import type { save as english } from '../en/save.ts';

export const save: typeof english = {
  save: '保存',
  saveHint: '导出列表中的全部套接字，或把这一个存成程序',
  pcapng: 'pcapng',
  pcapngHint: '所有套接字，用 Wireshark 打开',
  json: 'JSON',
  jsonHint: '所有套接字，可再“打开”',
  text: '文本',
  textHint: '所有套接字：每次调用、所在行和字节，供阅读',
  python: 'Python 脚本',
  pythonHint: '这个套接字，存成程序',
  saveFailed: '无法保存为这种格式。',
  open: '打开',
  openHint: '读回一份 JSON 记录：其中的套接字会加入列表',
  openFailed: (file) => `无法打开“${file}”。`,
  opened: (sockets) => `已读回 ${sockets} 个套接字。`,
  progress: '文件',
  cancel: '取消',
  replay: '重放',
  replayHint: '重新建立同样的连接，发送同样的数据',
  waitForReplies: '等待每次应答',
  waitForRepliesHint: '收到同样多的字节后再继续',
  originalTiming: '按原来的时间',
  originalTimingHint: '按录制时的间隔发送',
  stop: '停止重放',
  step: (done, total) => `正在重放：第 ${done} 步，共 ${total} 步。`,
  waiting: (bytes) => `还要等 ${bytes} 个字节。`,
  missing: (bytes) =>
    bytes === 0
      ? '记录中最早的调用已不再保留；它们没有发送任何数据。'
      : `记录中最早的调用已不再保留：它们发送的 ${bytes} 个字节合成一次 send 发出。`,
  missingDatagrams: '记录中最早的调用已不再保留：它们的数据报不会重放。',
  done: '已重放完毕。',
  cut: (done, total) => `套接字在第 ${done} 步（共 ${total} 步）后结束了。`,
  stopped: '重放已停止，套接字仍然打开着。',
};
