import type { Messages } from '../en.ts';

export const faults: Messages['program']['fault'] = {
  line: (line: number) => `第 ${line} 行`,
  fix: '修正这一行',
  inThread: (name: string) => `它结束了线程 ${name}，其他线程继续运行。`,
  kinds: {
    'text-not-bytes': {
      what: () => '套接字传输的是字节，而这里是 str。',
      tryThis: '说明文字怎样变成字节：.encode() 按 UTF-8 编码，接收方再用 .decode() 变回来。',
    },
    'listener-not-connection': {
      what: () => '这是监听套接字：它接受连接，不传输数据。',
      tryThis: '请用 accept() 返回的那个套接字来收发。',
    },
    'address-not-pair': { what: () => '地址是一个值：主机与端口组成的二元组。', tryThis: '给这两项加一层括号。' },
    'port-not-number': { what: () => '这里的端口是 str。', tryThis: '端口是数字：8009，而不是 "8009"。' },
    indentation: {
      what: () => '这一行的缩进与前后的行不一致。',
      tryThis:
        '属于 while、if、for、def 或 try 的语句要向右缩进，每行的空格数相同。从网页复制的程序常常丢失缩进：请用 Tab 键补上。',
    },
    'address-has-comma': {
      what: () => '地址里的点写成了逗号。',
      tryThis: 'IPv4 地址的各部分用点分隔：127.0.0.1。',
    },
    'name-unknown': {
      what: () => '这个名字在这里解析不到地址。',
      tryThis: '请检查拼写。127.0.0.1 和 localhost 指本机。实验场的规则也可能不允许程序解析域名。',
    },
    'bytes-without-encoding': {
      what: () => '用 bytes() 转换 str 时必须指定编码。',
      tryThis: '写成 bytes(text, "utf-8")，或者 text.encode()。',
    },
    'text-beside-bytes': {
      what: () => 'str 与 bytes 不能混用：recv() 返回的是 bytes。',
      tryThis: '先用 .decode() 把字节变成文字；或者把文字写成字节串：b"…"。',
    },
    'decode-on-text': {
      what: () => '这已经是 str，只有 bytes 才需要解码。',
      tryThis: '去掉 .decode()。它只用于 recv() 返回的内容，而且只用一次。',
    },
    'encode-on-bytes': { what: () => '这已经是 bytes，只有 str 才需要编码。', tryThis: '去掉 .encode()。' },
    'no-argument': {
      what: () => '程序要读取命令行参数，但运行时没有给出参数。',
      tryThis: 'sys.argv[0] 是程序名，sys.argv[1] 才是第一个参数。请把它填入程序上方的“命令行参数”栏。',
    },
    'no-such-module': {
      what: (name: string) => `这里没有模块 ${name}。`,
      tryThis: '本页的程序只有 Python 标准库，没有其他软件包。HTTP 可以用 urllib.request 和 http.client。',
    },
    'timed-out': {
      what: () => '这个调用等到了超时，仍然没有等到数据。',
      tryThis: '超时由 settimeout() 设定。对端真的发送了吗？连接建立了吗？如果等不到是正常情况，请捕获 TimeoutError。',
    },
    'nobody-listens': {
      what: () => '没有程序在这个地址和端口上监听。',
      tryThis: '先运行服务器，等它执行到 accept()。对照两个程序中的主机和端口。“实验”页的实验服务器也在监听。',
    },
    'port-in-use': {
      what: () => '另一个套接字占用着这个端口，或者它的某个连接还处于 TIME-WAIT：先关闭的一端会把端口保留一分钟。',
      tryThis:
        '请停止占用端口的程序。如果占用者就是刚才运行的这个服务器：等一分钟，或者在两个程序里换一个端口。想要立即重新运行，就从第一次运行起在 bind() 之前设置选项：setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)。',
    },
    'not-allowed-here': {
      what: (target: string) => `实验场的规则不允许程序访问这个地址：${target}。`,
      tryThis: '可以访问本机（127.0.0.1）上的程序和实验服务器。教师可以放宽规则。',
    },
    'no-broadcast': {
      what: () => '发送广播数据报之前必须先声明。',
      tryThis: '先设置选项：setsockopt(SOL_SOCKET, SO_BROADCAST, 1)。实验场不投递广播。',
    },
    'python-2': {
      what: () => '这是 Python 2 的写法，Python 3 写成函数调用。',
      tryThis: 'print 是函数，要加括号；raw_input() 改名为 input()。',
    },
    'character-cut': {
      what: () => '这些字节不是完整的 UTF-8 字符。',
      tryThis: 'TCP 可能把一个字符拆分成两段：先收齐整条消息的字节，再解码。也可能发送方用了别的编码。',
    },
    'input-ended': {
      what: () => '键盘输入已结束（Ctrl+D），input() 没有内容可以返回。',
      tryThis: '再运行一次并输入一行；或者捕获 EOFError 后结束程序。',
    },
  },
};
