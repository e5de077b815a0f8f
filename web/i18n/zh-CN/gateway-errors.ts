import type { ErrorCode, RoomErrorCode } from '../../../protocol/errors.ts';
import type { ErrorText } from '../error-text.ts';

const NO_GATEWAY = '没有异常：Python 程序和内核之间没有网关';
const OWN_RULE = '没有异常：这是实验场自己的规定，在你自己的机器上这个调用会照常进行';

/** What the playground itself refuses or meets, beside the system's own errors. */
export const gatewayErrors: Readonly<Record<Exclude<ErrorCode, RoomErrorCode>, ErrorText>> = {
  FRAME_INVALID: {
    what: '网关收到了一条无法解读的消息。',
    python: NO_GATEWAY,
    tryThis: '请刷新页面。如果再次出现，说明有东西在你和网关之间改动了数据。',
  },
  MESSAGE_INVALID: {
    what: '网关收到的消息缺少内容。',
    python: NO_GATEWAY,
    tryThis: '请刷新页面：它可能比网关旧。',
  },
  SEQUENCE_GAP: {
    what: '页面和网关之间丢了一条消息。',
    python: NO_GATEWAY,
    tryThis: '请刷新页面并重新连接。宁可停下，也不带着缺失的字节继续。',
  },
  ACK_INVALID: {
    what: '页面和网关对已经到达的数据记录不一致。',
    python: NO_GATEWAY,
    tryThis: '请刷新页面并重新连接。',
  },
  STREAM_INVALID: {
    what: '页面指定了一个网关没有的套接字。',
    python: NO_GATEWAY,
    tryThis: '请刷新页面并重新连接。',
  },
  CREDIT_OVERDRAFT: {
    what: '发送的字节超过了网关的容量。',
    python: NO_GATEWAY,
    tryThis: '网关满时页面会自动等待。请刷新；如果再次出现，那是实验场的故障。',
  },
  RING_FULL: {
    what: '断网之后等待重新发送的数据太多。',
    python: NO_GATEWAY,
    tryThis: '请重新连接。当时还没到达的数据可能丢失。',
  },
  HELLO_TIMEOUT: {
    what: '网关等待超时，已断开连接。',
    python: NO_GATEWAY,
    tryThis: '现在网络很慢。页面会自动重试。',
  },
  VERSION_UNSUPPORTED: {
    what: '页面和网关的版本不同。',
    python: NO_GATEWAY,
    tryThis: '请刷新页面，换成匹配的版本。',
  },
  ORIGIN_FORBIDDEN: {
    what: '网关不为来自这个地址的页面服务。',
    python: NO_GATEWAY,
    tryThis: '请用启动时打印的地址打开实验场，或者请管理员允许这个地址。',
  },
  HOST_FORBIDDEN: {
    what: '网关不接受这个主机名。',
    python: NO_GATEWAY,
    tryThis: '请用启动时打印的地址打开实验场，或者请管理员允许这个名字。',
  },
  REQUEST_INVALID: {
    what: '服务器无法解读收到的请求。',
    python: NO_GATEWAY,
    tryThis: '请重新加载页面。如果再次出现，说明你和服务器之间有什么改动了发送的内容。',
  },
  PAGE_MISSING: {
    what: '没有这个页面。',
    python: NO_GATEWAY,
    tryThis: '请回到实验，或者询问给你这个地址的人。',
  },
  TOKEN_INVALID: {
    what: '口令不正确。',
    python: NO_GATEWAY,
    tryThis: '请输入管理员给你的口令，或者重新打开收到的链接。',
  },
  TICKET_INVALID: {
    what: '网关不接受这个程序的票据。',
    python: NO_GATEWAY,
    tryThis: '不需要你操作：程序会自动申请新的票据。如果它没有继续，请重新运行。',
  },
  SESSION_GONE: {
    what: '实验场已停止，或者你离开得太久：套接字都已关闭。',
    python: 'ConnectionResetError: [Errno 104] Connection reset by peer',
    tryThis: '离线时间太长，或者实验场重新启动过。请重新连接。你输入的内容还在；当时在途的数据可能丢失。',
  },
  SESSION_REPLACED: {
    what: '另一个页面接管了这个会话。',
    python: NO_GATEWAY,
    tryThis: '请到另一个标签页继续，或者刷新这一页重新开始。',
  },
  SESSION_LIMIT: {
    what: '实验场人数已满。',
    python: NO_GATEWAY,
    tryThis: '请等一分钟，关掉不用的标签页，或者告诉教师。',
  },
  WRONG_NODE: {
    what: '应答的是实验场的另一台服务器，而你的套接字在没有应答的那一台上。',
    python: NO_GATEWAY,
    tryThis: '页面会自动重试；两分钟后，会在应答的服务器上重新开始。',
  },
  FRAME_RATE_EXCEEDED: {
    what: '每秒的消息数超过了网关能接受的数量。',
    python: NO_GATEWAY,
    tryThis: '发送次数少一些、每次多一些：十次 100 字节的开销是一次 1,000 字节的十倍。',
  },
  OPEN_RATE_EXCEEDED: {
    what: '你打开套接字的速度超过了实验场的限制。',
    python: OWN_RULE,
    tryThis: '等一秒钟，再慢慢来。',
  },
  DESTINATION_RATE_EXCEEDED: {
    what: '你在一分钟内尝试了太多不同的地址。',
    python: OWN_RULE,
    tryThis: '请等一分钟。逐个端口尝试叫做端口扫描，实验场不允许扫描。',
  },
  STREAM_LIMIT: {
    what: '这个页面的套接字数量已到上限。',
    python: 'OSError: [Errno 24] Too many open files',
    tryThis: '先关闭一个不用的，再打开这个。',
  },
  LISTENER_LIMIT: {
    what: '这个页面的监听套接字数量已到上限。',
    python: 'OSError: [Errno 24] Too many open files',
    tryThis: '先关闭一个你的监听套接字。',
  },
  SOCKET_LIMIT: {
    what: '网关打开的套接字已达到上限。',
    python: 'OSError: [Errno 24] Too many open files',
    tryThis: '稍等再试。在课堂上：请关闭不用的套接字。',
  },
  TARGET_INVALID: {
    what: '这不是一个可以连接的地址。',
    python: 'OSError: [Errno 22] Invalid argument',
    tryThis: '请写主机和端口。实验服务器的端口见列表。',
  },
  TARGET_FORBIDDEN: {
    what: '实验场不允许连接该地址。',
    python: OWN_RULE,
    tryThis: '请从列表里选一个实验服务器。管理员可以按地址和端口放行更多目标。',
  },
  PORT_FORBIDDEN: {
    what: '实验场不允许连接该端口。',
    python: OWN_RULE,
    tryThis: '邮件端口和 0 端口一律关闭，以免从这里发送垃圾邮件。请换一个端口。',
  },
  ADDRESS_FORBIDDEN: {
    what: '该地址属于禁止访问的内部网络。',
    python: OWN_RULE,
    tryThis: '私有地址和内部地址默认关闭，除非管理员逐个列出。请试试实验服务器。',
  },
  LISTEN_FORBIDDEN: {
    what: '实验场不允许在那个地址或端口上监听。',
    python: '没有异常：这是实验场自己的规定，在你自己的机器上这个调用会成功',
    tryThis: '在 127.0.0.1 的 0 端口监听：实验场会分配一个空闲端口。',
  },
  DATAGRAM_TOO_LONG: {
    what: '数据报超过了 UDP 能承载的大小。',
    python: 'OSError: [Errno 90] Message too long',
    tryThis: '最多 65,507 字节，最好小于 1,400。更大的数据报会分成多个 IP 分片：丢一片，整个数据报就丢了。',
  },
  DATAGRAM_LIMIT: {
    what: '数据报超过了实验场能发往该地址的长度。',
    python: 'OSError: [Errno 90] Message too long',
    tryThis:
      '这是实验场自己的限制：UDP 在 IPv4 上最多 65,507 字节，在 IPv6 上最多 65,527 字节。实验场发往地址最多 65,507 字节，发往较长的名字要少一些；65,270 字节总能发出。',
  },
  NAME_UNRESOLVED: {
    what: '这个名字没有对应的地址。',
    python: 'socket.gaierror: [Errno -2] Name or service not known',
    tryThis: '检查拼写，或者直接写数字地址：localhost 是 127.0.0.1 或 ::1。',
  },
  CONNECT_TIMEOUT: {
    what: '在规定时间内没有收到应答。',
    python: 'TimeoutError: timed out',
    tryThis:
      '默默丢包的防火墙是这样；在 Linux 上，accept 队列已满也是这样。不设 settimeout() 时，Linux 约两分钟放弃，macOS 75 秒，Windows 21 秒。',
  },
  IDLE_TIMEOUT: {
    what: '半小时没有数据，网关关闭了这个套接字。',
    python: '没有异常：除非 settimeout() 另有规定，Python 的套接字会一直等下去',
    tryThis: '请重新连接。',
  },
  WRITE_TIMEOUT: {
    what: '对端太久没有读取，网关放弃了。',
    python: '没有异常：除非 settimeout() 另有规定，send() 会一直阻塞',
    tryThis: '对端的接收缓冲区一直是满的。服务器必须用 recv() 读取到达的数据。',
  },
  HOST_INVALID: {
    what: '主机格式不正确。',
    python: 'socket.gaierror: [Errno -2] Name or service not known',
    tryThis: '写地址，如 127.0.0.1 或 ::1；或名字，如 localhost。不要写 http://，也不要斜杠。',
  },
  PORT_INVALID: {
    what: '端口格式不正确。',
    python: 'OverflowError: connect(): port must be 0-65535.',
    tryThis: '请写 0 到 65535 之间的整数。实验服务器的端口见列表。',
  },
  ESCAPE_INVALID: {
    what: '转义序列不正确。',
    python: 'SyntaxError: (value error) invalid \\x escape at position 0',
    tryThis: '可以用 \\n、\\r、\\t、\\0、\\x41、\\u4f60；反斜杠本身写作 \\\\。或者改为按文本发送。',
  },
  HEX_INVALID: {
    what: '这些十六进制数字不能组成完整的字节。',
    python: 'ValueError: non-hexadecimal number found in fromhex() arg at position 0',
    tryThis: '两位 0–9、a–f 组成一个字节：68 65 6c 6c 6f。中间可以有空格。',
  },
  SOCKET_CLOSED: {
    what: '这个套接字已经不能再发送。',
    python: 'BrokenPipeError: [Errno 32] Broken pipe',
    tryThis: '它已关闭或半关闭。你输入的内容还在：打开新连接，再在那里发送。',
  },
  GATEWAY_UNREACHABLE: {
    what: '网关没有应答。',
    python: NO_GATEWAY,
    tryThis: '实验场还在运行吗？网络通吗？页面会自动重试。',
  },
  CONFIG_INVALID: {
    what: '实验场启动时使用了无效的设置。',
    python: NO_GATEWAY,
    tryThis: '管理员请看：npm start -- --help 列出全部设置。',
  },
  LESSONS_INVALID: {
    what: '这些课程无法使用：文件中有内容不符合格式。',
    python: '没有异常：课程是实验场自己的功能',
    tryThis: '课程作者请看：错误信息里写着文件名、位置和原因。',
  },
  ARGUMENT_INVALID: {
    what: '程序调用网关客户端时，传入了它不能接受的值。',
    python: 'OSError: [Errno 22] Invalid argument',
    tryThis: '请发送拥有独立内存的 Uint8Array；确认读取的字节数不要超过已收到的。',
  },
  UNSUPPORTED: {
    what: '运行网关的机器没有这个功能。',
    python: 'OSError: [Errno 95] Operation not supported',
    tryThis: '需要有此功能的系统，多数情况下是 Linux。TCP 和 UDP 在任何系统上都能使用。',
  },
  INTERNAL: {
    what: '实验场内部出了问题。',
    python: NO_GATEWAY,
    tryThis: '不是你的错。请再试一次；网关的日志会说明原因。',
  },
};
