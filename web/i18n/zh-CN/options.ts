import type { options as english } from '../en/options.ts';

export const options: typeof english = {
  button: '选项',
  title: '套接字选项',
  next: '下一次 connect() 时',
  nextHint: '留空则由实验场决定。SO_RCVBUF 在 connect() 之前设置：它决定 SYN 里的窗口扩大因子。',
  now: (socket) => `现在，在 ${socket} 上`,
  names: {
    noDelay: 'TCP_NODELAY',
    keepAlive: 'SO_KEEPALIVE',
    lingerZero: 'SO_LINGER 0',
    readByHand: '手动 recv',
    localPort: '本地端口',
    sendBuffer: 'SO_SNDBUF',
    receiveBuffer: 'SO_RCVBUF',
    receiveSize: '本端的 recv(n)',
    peerReceiveSize: '实验服务器的 recv(n)',
  },
  about: {
    noDelay: '小块数据立即发出；不设置时，前面的数据未得到确认，Nagle 算法就先不发小块数据。它不能分隔消息。',
    keepAlive: '连接空闲两小时后（Linux），内核才探测对端是否还在',
    lingerZero: 'close() 丢弃尚未发出的数据，并发送 RST 而不是 FIN',
    readByHand: '从第一个字节起，按 recv 之前不读取',
    localPort: '在 connect() 之前 bind()：连接从这个端口发出',
    sendBuffer: '发送缓冲区大小：写满后 send() 阻塞',
    receiveBuffer: '接收缓冲区大小：其中约一半作为窗口',
    receiveSize: '本端一次 recv() 最多取多少',
    peerReceiveSize: '实验服务器在这条连接上一次 recv() 最多取多少',
  },
  unset: '默认',
  invalid: (least, most) => `请输入 ${least} 到 ${most} 之间的整数。`,
  set: '设置',
  isSet: '已设置。下面是 getsockopt() 现在返回的值。',
  kernelSays: 'getsockopt() 返回',
  doubled:
    '大小是内核采用的值。Linux：所给值的两倍，至少 4,608（发送）与 2,304（接收），最多 net.core.wmem_max、rmem_max 的两倍。macOS 和 Windows 不加倍。',
};
