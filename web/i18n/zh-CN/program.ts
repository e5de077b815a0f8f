import type { Milliseconds } from '../../../protocol/units.ts';
import type { Messages } from '../en.ts';
import { formatSpan } from '../format.ts';

export const program: Messages['program'] = {
  title: '两个程序，一条套接字',
  hint: (version: string) => `Python ${version} 就在这个标签页里运行。套接字是真的：由网关打开。`,
  example: '示例',
  ownPrograms: '你自己的程序',
  examples: {
    timestamp: '时间戳回显，一次服务一个客户端',
    threading: '时间戳回显，每个客户端一个线程',
    printed: '时间戳回显，照书上所印（含错误）',
    'chat-threads': '聊天室：线程',
    'chat-select': '聊天室：select',
    'chat-asyncio': '聊天室：asyncio',
    http: '手写 HTTP 服务器',
    udp: '一对 UDP 程序',
    framing: '字节流上的消息：按长度分帧',
    'port-in-use': '端口被占用',
  },
  open: '打开…',
  openLabel: (file: string) => `打开… 作为 ${file}`,
  download: '下载 .py',
  downloadLabel: (file: string) => `下载 .py：${file}`,
  share: '用链接分享',
  shareLabel: '指向这些程序的链接',
  shareCopied: '链接已复制到剪贴板。程序就在链接里，不经过任何服务器。',
  shareByHand: '请复制这个链接：程序就在链接里，不经过任何服务器。',
  addClient: '+ 客户端',
  runBoth: '一起运行',
  stopBoth: '全部停止',
  run: '运行',
  stop: '停止',
  remove: (file: string) => `移除 ${file}`,
  editor: (file: string) => `程序 ${file}`,
  divider: '时序图的高度',
  status: {
    label: (file: string) => `${file} 的状态`,
    idle: '就绪',
    loading: 'Python 启动中',
    starting: '正在启动',
    running: '运行中',
    waiting: '等你输入',
    blocked: '阻塞',
    stopping: '正在停止',
    exited: (code: number) => (code === 0 ? '已结束' : `已结束，退出码 ${code}`),
  },
  blocked: {
    input: '等待键盘输入',
    since: (call: string, took: Milliseconds) => `${call} 已阻塞 ${Math.floor(took / 1_000)} 秒`,
    threads: (count: number) => `${count} 个线程`,
  },
  notes: {
    ended: (code: number, took: Milliseconds) =>
      `${code === 0 ? '已结束' : `已结束，退出码 ${code}`}，用时 ${formatSpan(took * 1_000)}。`,
    killed: '它没有自行停止，因此进程被终止，它的套接字已关闭。',
    died: 'Python 解释器崩溃，已重新启动。程序和输出都保留着，它的套接字已关闭。',
    standIn: (asked: string, outside: string) =>
      `这台机器上无法占用 ${asked}。在这个标签页里它仍归你使用；外面的程序请连接 ${outside}。`,
  },
  loading: {
    label: '正在加载 Python',
    text: '正在加载 Python，只需一次，之后保存在浏览器中。',
    failed: (reason: string) => `无法加载 Python：${reason}`,
    retry: '重试',
  },
  shared: {
    text: '这些程序来自一个链接。请先读一读：只有你按下“运行”，它们才会运行。',
    leave: '回到我的程序',
  },
  unsupported: {
    title: '这个浏览器不能运行程序',
    body: '会等待的 Python 调用需要 WebAssembly 的 Promise 集成（JSPI）。Chrome 和 Edge 从 137 版起支持，Firefox 的当前版本也支持。其余功能在这里都能使用。',
    back: '去“试一试”',
  },
  fault: {
    line: (line: number) => `第 ${line} 行`,
    fix: '改好这一行',
    kinds: {
      'text-not-bytes': {
        what: '套接字传送的是字节，而这里是 str。',
        tryThis: '说明文字怎样变成字节：.encode() 按 UTF-8 编码，接收方再用 .decode() 变回来。',
      },
      'listener-not-connection': {
        what: '这是监听套接字：它接受连接，不传送字节。',
        tryThis: '请用 accept() 返回的那个套接字来收发。',
      },
      'address-not-pair': { what: '地址是一个值：主机与端口组成的二元组。', tryThis: '给这两项加一层括号。' },
      'port-not-number': { what: '这里的端口是 str。', tryThis: '端口是数字：8009，而不是 "8009"。' },
    },
  },
  terminal: {
    label: (file: string) => `${file} 终端`,
    output: (file: string) => `${file} 输出`,
    input: (file: string) => `${file} 的输入`,
    caption: '终端',
    copy: '复制',
    clear: '清屏',
    newest: (count: number) => `${count} 行新内容`,
    kept: (rows: number) => `只保留最近 ${rows.toLocaleString('en')} 行`,
  },
  running: (programs, sockets) => `${programs} 个程序在运行 · ${sockets} 个套接字`,
  ladder: {
    label: '程序时序图',
    clear: '清空梯形图',
    empty: '运行程序：它的每个套接字调用连同行号都会出现在这里。',
  },
};
