import type { Errno } from '../../../protocol/errors.ts';
import type { ErrorText } from '../error-text.ts';

/** What the operating system itself answers a socket call with. */
export const errnoErrors: Readonly<Record<Errno, ErrorText>> = {
  EPERM: {
    what: '系统不允许普通程序这样做。',
    python: 'PermissionError: [Errno 1] Operation not permitted',
    tryThis: '原始套接字和部分选项只留给管理员。TCP 和 UDP 的一切都不需要特权。',
  },
  ENOENT: {
    what: '这个路径上没有套接字文件。',
    python: 'FileNotFoundError: [Errno 2] No such file or directory',
    tryThis: '逐字检查路径。服务器必须先 bind 它；路径要从根目录写起：/tmp/…',
  },
  EINTR: {
    what: '调用正在等待时来了一个信号。',
    python: 'InterruptedError: [Errno 4] Interrupted system call',
    tryThis: '再调用一次即可。Python 3.5 起会自动重试，所以你几乎看不到它。',
  },
  EIO: {
    what: '机器没能搬动这些字节。',
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
    tryThis: '关闭不用的套接字，并告诉老师。',
  },
  EACCES: {
    what: '你无权使用这个地址或端口。',
    python: 'PermissionError: [Errno 13] Permission denied',
    tryThis: '1024 以下的端口属于管理员。选一个更大的，或者写 0 让系统挑选。',
  },
  EINVAL: {
    what: '以套接字现在的状态，这个调用没有意义。',
    python: 'OSError: [Errno 22] Invalid argument',
    tryThis: '检查顺序：服务器是 bind、listen、accept，客户端是 connect。bind() 只能调用一次。',
  },
  ENFILE: {
    what: '整台机器已经没有套接字可分配了。',
    python: 'OSError: [Errno 23] Too many open files in system',
    tryThis: '关闭不用的套接字，一分钟后再试。',
  },
  EMFILE: {
    what: '网关已经没有套接字可分配了。',
    python: 'OSError: [Errno 24] Too many open files',
    tryThis: '关闭不用的套接字。在程序里，找找循环中打开却从不关闭的套接字。',
  },
  EPIPE: {
    what: '这条连接已经不能再发送，你却还在发送。',
    python: 'BrokenPipeError: [Errno 32] Broken pipe',
    tryThis: '调用过 shutdown(SHUT_WR)，或对方已经复位之后，只有新连接才能发送。',
  },
  ENOTSOCK: {
    what: '这个描述符不是套接字。',
    python: 'OSError: [Errno 88] Socket operation on non-socket',
    tryThis: '需要套接字的地方传入了文件或管道的编号。',
  },
  EDESTADDRREQ: {
    what: '数据报没有目的地址。',
    python: 'OSError: [Errno 89] Destination address required',
    tryThis: '用 sendto(data, address)；或者先对 UDP 套接字 connect() 一次，send() 就知道发往哪里。',
  },
  EMSGSIZE: {
    what: '数据报超过了 UDP 能承载的大小。',
    python: 'OSError: [Errno 90] Message too long',
    tryThis: '最多 65,507 字节，最好小于 1,400：更大的会在路上被分片。',
  },
  EPROTOTYPE: {
    what: '协议与套接字类型不匹配。',
    python: 'OSError: [Errno 91] Protocol wrong type for socket',
    tryThis: 'SOCK_STREAM 配 TCP，SOCK_DGRAM 配 UDP。协议写 0，系统会替你选对。',
  },
  ENOPROTOOPT: {
    what: '这种套接字没有这个选项。',
    python: 'OSError: [Errno 92] Protocol not available',
    tryThis: '检查层级：TCP_NODELAY 属于 IPPROTO_TCP，SO_REUSEADDR 属于 SOL_SOCKET。',
  },
  EPROTONOSUPPORT: {
    what: '系统不认识这个协议。',
    python: 'OSError: [Errno 93] Protocol not supported',
    tryThis: '用 TCP 或 UDP。SOCK_RDM 和 SOCK_SEQPACKET 只是列在表里，几乎没有系统在 IP 上提供它们。',
  },
  ESOCKTNOSUPPORT: {
    what: '系统不认识这种套接字类型。',
    python: 'OSError: [Errno 94] Socket type not supported',
    tryThis: '用 SOCK_STREAM 或 SOCK_DGRAM；在 Linux 上，SOCK_SEQPACKET 可以用于 AF_UNIX。',
  },
  EOPNOTSUPP: {
    what: '这种套接字做不到这件事。',
    python: 'OSError: [Errno 95] Operation not supported',
    tryThis: 'listen() 和 accept() 是给流用的：UDP 套接字直接接收就行。',
  },
  EAFNOSUPPORT: {
    what: '地址和套接字不属于同一个地址族。',
    python: 'OSError: [Errno 97] Address family not supported by protocol',
    tryThis: 'IPv4 地址用 AF_INET，IPv6 地址用 AF_INET6，路径用 AF_UNIX。',
  },
  EADDRINUSE: {
    what: '这个端口已经被另一个套接字占用。',
    python: 'OSError: [Errno 98] Address already in use',
    tryThis: '换一个端口，或者写 0 由系统分配。如果刚才是你自己的服务器在用：在 bind() 之前设置 SO_REUSEADDR。',
  },
  EADDRNOTAVAIL: {
    what: '这个地址不属于本机。',
    python: 'OSError: [Errno 99] Cannot assign requested address',
    tryThis: '服务器只能绑定自己的地址：127.0.0.1 只给本机，0.0.0.0 是本机的全部地址。',
  },
  ENETDOWN: {
    what: '网络接口没有启用。',
    python: 'OSError: [Errno 100] Network is down',
    tryThis: '回环地址（127.0.0.1）仍然可用：试试实验服务器。',
  },
  ENETUNREACH: {
    what: '从这里没有通往那个网络的路。',
    python: 'OSError: [Errno 101] Network is unreachable',
    tryThis: '检查地址。只有 IPv4 的机器去连 IPv6 地址，就会这样。',
  },
  ECONNABORTED: {
    what: '连接还没被 accept 就断开了。',
    python: 'ConnectionAbortedError: [Errno 103] Software caused connection abort',
    tryThis: '客户端在排队时离开了。再调用一次 accept() 接下一个。',
  },
  ECONNRESET: {
    what: '对方切断了连接（RST）。',
    python: 'ConnectionResetError: [Errno 104] Connection reset by peer',
    tryThis: '对方程序结束了，或者还有没读的字节就关闭了。路上的数据可能丢失。请重新连接；礼貌的结束方式是 FIN。',
  },
  ENOBUFS: {
    what: '内核没有缓冲区可用了。',
    python: 'OSError: [Errno 105] No buffer space available',
    tryThis: '发慢一点，并把已经到达的数据读走。',
  },
  EISCONN: {
    what: '这个套接字已经连接了。',
    python: 'OSError: [Errno 106] Transport endpoint is already connected',
    tryThis: '一个套接字只有一条连接。要第二条连接，就新建第二个套接字。',
  },
  ENOTCONN: {
    what: '这个套接字还没有连接。',
    python: 'OSError: [Errno 107] Transport endpoint is not connected',
    tryThis: '先 connect()。在服务器上，要用 accept() 返回的套接字发送，而不是监听的那个。',
  },
  ETIMEDOUT: {
    what: '对方机器一直没有回应。',
    python: 'TimeoutError: [Errno 110] Connection timed out',
    tryThis: '检查地址。默默丢包的防火墙是这样，队列已满的服务器也是这样。',
  },
  ECONNREFUSED: {
    what: '那个端口上没有人在监听。',
    python: 'ConnectionRefusedError: [Errno 111] Connection refused',
    tryThis: '检查端口，确认服务器已经启动。或者选一个实验服务器：它们正在监听。',
  },
  EHOSTUNREACH: {
    what: '没有通往那台机器的路。',
    python: 'OSError: [Errno 113] No route to host',
    tryThis: '机器没开，或者地址不对。127.0.0.1 永远是本机自己。',
  },
  EALREADY: {
    what: '这个套接字还在连接中。',
    python: 'BlockingIOError: [Errno 114] Operation already in progress',
    tryThis: '等到它可写为止：select() 或 selectors 会告诉你。',
  },
  EINPROGRESS: {
    what: '连接已经开始，但还没有建立。',
    python: 'BlockingIOError: [Errno 115] Operation now in progress',
    tryThis: '对非阻塞套接字来说这不是错误。等到可写，再查询 SO_ERROR。',
  },
};
