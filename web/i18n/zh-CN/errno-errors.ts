import type { Errno } from '../../../protocol/errors.ts';
import type { ErrorText } from '../error-text.ts';

/** What the operating system itself answers a socket call with. */
export const errnoErrors: Readonly<Record<Errno, ErrorText>> = {
  EPERM: {
    what: '系统不允许普通程序这样做。',
    python: 'PermissionError: [Errno 1] Operation not permitted',
    tryThis: '原始套接字和部分选项需要管理员权限。使用 1024 及以上端口的 TCP 和 UDP 不需要特权。',
  },
  ENOENT: {
    what: '这个路径上没有套接字文件。',
    python: 'FileNotFoundError: [Errno 2] No such file or directory',
    tryThis: '逐字检查路径。服务器必须先对它调用 bind()；路径要从根目录写起：/tmp/……',
  },
  EINTR: {
    what: '等待期间收到信号，调用被中断。',
    python: 'InterruptedError: [Errno 4] Interrupted system call',
    tryThis: '再调用一次即可。Python 3.5 起会自动重试，所以你几乎看不到它。',
  },
  EIO: {
    what: '系统读写数据时出错。',
    python: 'OSError: [Errno 5] Input/output error',
    tryThis: '不是你的错。关闭这个套接字，再开一个新的。',
  },
  EBADF: {
    what: '调用之前，这个套接字已经关闭了。',
    python: 'OSError: [Errno 9] Bad file descriptor',
    tryThis: '关闭的套接字不能再用。新建一个，再 connect。',
  },
  EAGAIN: {
    what: '此刻没有数据可读，或没有空间可写。',
    python: 'BlockingIOError: [Errno 11] Resource temporarily unavailable',
    tryThis: '非阻塞套接字用它代替等待。稍后再试，或者让 select() 告诉你什么时候可以。',
  },
  ENOMEM: {
    what: '运行网关的机器内存不足。',
    python: 'OSError: [Errno 12] Cannot allocate memory',
    tryThis: '关闭不用的套接字，并告诉教师。',
  },
  EACCES: {
    what: '你无权使用这个地址或端口。',
    python: 'PermissionError: [Errno 13] Permission denied',
    tryThis:
      '在 Linux 上，1024 以下的端口需要管理员权限。选一个更大的，或者写 0 由系统选择。发送广播要先设置 SO_BROADCAST。',
  },
  EINVAL: {
    what: '套接字处于现在的状态，不能进行这个调用。',
    python: 'OSError: [Errno 22] Invalid argument',
    tryThis: '检查顺序：服务器是 bind、listen、accept，客户端是 connect。bind() 只能调用一次。',
  },
  ENFILE: {
    what: '整台机器已经没有空闲的文件描述符。',
    python: 'OSError: [Errno 23] Too many open files in system',
    tryThis: '关闭不用的套接字，一分钟后再试。',
  },
  EMFILE: {
    what: '网关已经没有空闲的文件描述符。',
    python: 'OSError: [Errno 24] Too many open files',
    tryThis: '关闭不用的套接字。在程序里，找找循环中打开却从不关闭的套接字。',
  },
  EPIPE: {
    what: '这个套接字不能发送，或已经不能再发送。',
    python: 'BrokenPipeError: [Errno 32] Broken pipe',
    tryThis:
      '服务器要用 accept() 返回的套接字发送。调用过 shutdown(SHUT_WR)，或对端关闭后回复了 RST，就只有新连接才能发送。',
  },
  ENOTSOCK: {
    what: '这个描述符不是套接字。',
    python: 'OSError: [Errno 88] Socket operation on non-socket',
    tryThis: '需要套接字的地方传入了文件或管道的描述符。',
  },
  EDESTADDRREQ: {
    what: '数据报没有目的地址。',
    python: 'OSError: [Errno 89] Destination address required',
    tryThis: '用 sendto(data, address)；或者先对 UDP 套接字调用一次 connect()，为 send() 指定目的地址。',
  },
  EMSGSIZE: {
    what: '数据报超过了 UDP 能承载的大小。',
    python: 'OSError: [Errno 90] Message too long',
    tryThis:
      '最多 65,507 字节，最好小于 1,400。更大的数据报会分成多个 IP 分片：丢一片，整个数据报就丢了。macOS 默认最多发送 9,216 字节。',
  },
  EPROTOTYPE: {
    what: '在该路径上监听的套接字是另一种类型。',
    python: 'OSError: [Errno 91] Protocol wrong type for socket',
    tryThis: '请用与服务器相同的类型：SOCK_STREAM 或 SOCK_DGRAM。',
  },
  ENOPROTOOPT: {
    what: '这种套接字没有这个选项。',
    python: 'OSError: [Errno 92] Protocol not available',
    tryThis: '检查层级：TCP_NODELAY 属于 IPPROTO_TCP，SO_REUSEADDR 属于 SOL_SOCKET。',
  },
  EPROTONOSUPPORT: {
    what: '这种类型的套接字没有这个协议。',
    python: 'OSError: [Errno 93] Protocol not supported',
    tryThis: 'SOCK_STREAM 配 TCP，SOCK_DGRAM 配 UDP。协议写 0，由系统选择对应的协议。',
  },
  ESOCKTNOSUPPORT: {
    what: '系统在这个地址族中没有这种套接字类型。',
    python: 'OSError: [Errno 94] Socket type not supported',
    tryThis:
      '用 SOCK_STREAM 或 SOCK_DGRAM。几乎没有系统在 IP 上提供 SOCK_RDM 和 SOCK_SEQPACKET；Linux 的 AF_UNIX 支持 SOCK_SEQPACKET。',
  },
  EOPNOTSUPP: {
    what: '这种套接字没有这个调用。',
    python: 'OSError: [Errno 95] Operation not supported',
    tryThis: 'listen() 和 accept() 用于流式套接字。UDP 套接字不需要它们，直接接收即可。',
  },
  EAFNOSUPPORT: {
    what: '系统没有这个地址族，或者地址属于另一个地址族。',
    python: 'OSError: [Errno 97] Address family not supported by protocol',
    tryThis:
      'AF_INET 用 IPv4 地址，AF_INET6 用 IPv6 地址，AF_UNIX 用路径。地址族不符时，Python 的 connect() 抛出的是 socket.gaierror: [Errno -9]。',
  },
  EADDRINUSE: {
    what: '该地址和端口已被另一个套接字占用。',
    python: 'OSError: [Errno 98] Address already in use',
    tryThis:
      '换一个端口，或者写 0 由系统分配。如果刚才是你自己的服务器在用：在 Linux 和 macOS 上，在 bind() 之前设置 SO_REUSEADDR；在 Windows 上不要设置。',
  },
  EADDRNOTAVAIL: {
    what: '这个地址不属于本机。',
    python: 'OSError: [Errno 99] Cannot assign requested address',
    tryThis: '服务器只能绑定本机的地址：127.0.0.1 只供本机访问，0.0.0.0 表示本机的全部地址。',
  },
  ENETDOWN: {
    what: '网络接口没有启用。',
    python: 'OSError: [Errno 100] Network is down',
    tryThis: '回环地址（127.0.0.1）仍然可用：试试实验服务器。',
  },
  ENETUNREACH: {
    what: '网络不可达：没有到该网络的路由。',
    python: 'OSError: [Errno 101] Network is unreachable',
    tryThis: '检查地址。没有 IPv6 的机器去连接 IPv6 地址，也会这样。',
  },
  ECONNABORTED: {
    what: '本机放弃了这条连接。',
    python: 'ConnectionAbortedError: [Errno 103] Software caused connection abort',
    tryThis:
      'Windows：对端已消失，或连接被防火墙、杀毒软件切断。BSD：客户端在 accept() 之前离开。Linux 则在 recv() 时报告 ECONNRESET。',
  },
  ECONNRESET: {
    what: '对端复位了连接（RST）。',
    python: 'ConnectionResetError: [Errno 104] Connection reset by peer',
    tryThis:
      '对端还有未读数据就关闭了，或要求复位（SO_LINGER 0、“复位”按钮、故障），或在你排队时关闭了监听套接字，或你的数据到达时它已不在。途中的数据可能丢失。请重新连接；正常关闭应当使用 FIN。',
  },
  ENOBUFS: {
    what: '内核没有缓冲区可用了。',
    python: 'OSError: [Errno 105] No buffer space available',
    tryThis: '发慢一点，并读取已经到达的数据。',
  },
  EISCONN: {
    what: '这个套接字已经连接了。',
    python: 'OSError: [Errno 106] Transport endpoint is already connected',
    tryThis: '一个套接字只有一条连接。要第二条连接，就新建第二个套接字。',
  },
  ENOTCONN: {
    what: '这个套接字还没有连接。',
    python: 'OSError: [Errno 107] Transport endpoint is not connected',
    tryThis:
      '先 connect()。在服务器上，要在 accept() 返回的套接字上 recv，而不是监听的那个。在 Linux 上，这时 send() 抛出 BrokenPipeError。',
  },
  ETIMEDOUT: {
    what: '对端主机一直没有应答。',
    python: 'TimeoutError: [Errno 110] Connection timed out',
    tryThis: '检查地址。默默丢包的防火墙是这样；在 Linux 上，accept 队列已满的服务器也是这样。',
  },
  ECONNREFUSED: {
    what: '该端口上没有程序在监听。',
    python: 'ConnectionRefusedError: [Errno 111] Connection refused',
    tryThis:
      '检查端口，确认服务器已经启动。或者选一个实验服务器：它们正在监听。防火墙也可能这样拒绝；在 Windows 上，accept 队列已满时也会拒绝。',
  },
  EHOSTUNREACH: {
    what: '主机不可达：没有到该主机的路由。',
    python: 'OSError: [Errno 113] No route to host',
    tryThis: '机器没有开机，或者地址不对。127.0.0.1 永远是本机自己。',
  },
  EALREADY: {
    what: '这个套接字还在连接中。',
    python: 'BlockingIOError: [Errno 114] Operation already in progress',
    tryThis: '等到它可写为止：可以用 select() 或 selectors 得知。',
  },
  EINPROGRESS: {
    what: '连接已经开始，但还没有建立。',
    python: 'BlockingIOError: [Errno 115] Operation now in progress',
    tryThis: '对非阻塞套接字来说这不是错误。等到它可写，再查询 SO_ERROR。',
  },
};
