import type { terms as english } from '../en/terms.ts';

export const terms: typeof english = {
  descriptor: {
    name: '文件描述符',
    text: '程序用来指代一个已打开的套接字或文件的小整数，即 sock.fileno()。close() 会归还它。',
  },
  family: {
    name: '地址族',
    text: '套接字使用哪一类地址：AF_INET 是 IPv4，AF_INET6 是 IPv6，AF_UNIX 是本机上的一个路径。',
  },
  byteStream: {
    name: '字节流',
    text: 'TCP 传输的内容：按顺序排列的字节，中间没有任何分隔。某次 send() 在哪里结束，并没有记录。',
  },
  datagram: {
    name: '数据报',
    text: 'UDP 传输的内容：一条保留边界的消息。要么整个到达，要么完全丢失，也可能乱序或重复。',
  },
  port: {
    name: '端口',
    text: '地址之外的一个数，从 0 到 65535：报文段凭它找到机器上对应的程序。同一服务器的所有连接共用它的端口。TCP 和 UDP 的端口互不相干。',
  },
  ephemeralPort: {
    name: '临时端口',
    text: '套接字没有指定端口时由内核选择的端口：Linux 默认从 32768 到 60999 中选取。',
  },
  wildcard: {
    name: '通配地址',
    text: '0.0.0.0 或 ::，表示“本机的所有地址”。绑定到 127.0.0.1 的服务器只能从本机访问。',
  },
  backlog: {
    name: 'backlog',
    text: 'listen(n) 中的 n：最多有多少个已完成的连接等待 accept()。Linux 实际允许多一个，即 n + 1。',
  },
  acceptQueue: {
    name: '已完成连接队列（accept 队列）',
    text: '内核已经建立、程序还没有用 accept() 取走的连接。在此期间到达的字节先放在缓冲区里。',
  },
  handshake: {
    name: '三次握手',
    text: 'SYN、SYN-ACK、ACK：双方内核约定各自字节的起始序号。这一过程不需要任何程序参与。',
  },
  fourTuple: {
    name: '四元组',
    text: '本地地址和端口、远端地址和端口。它唯一确定一条连接；成千上万个客户端可以共用服务器的同一个端口。',
  },
  syn: {
    name: 'SYN',
    text: '请求建立连接的报文段。没有应答时，内核会在大约 1、3、7……秒后重传。',
  },
  fin: {
    name: 'FIN',
    text: "表示一个方向到此结束，位于最后一个字节之后。对端读完之前的全部数据后，recv() 返回 b''。",
  },
  rst: {
    name: 'RST',
    text: '立即终止连接的报文段，两个方向同时结束。仍在传输或尚未读取的数据会丢失。',
  },
  sendBuffer: {
    name: '发送缓冲区',
    text: '内核保存 send() 数据的地方，直到对端确认为止。写满后 send() 会阻塞。',
  },
  receiveBuffer: {
    name: '接收缓冲区',
    text: '内核保存已到达数据的地方，直到 recv() 取走。剩余的空间就是通告给对端的窗口。',
  },
  segment: {
    name: '报文段',
    text: 'TCP 在网络上的传输单位：首部加若干字节。内核可以任意切分与合并，程序看不到报文段。',
  },
  mss: {
    name: 'MSS',
    text: '最大报文段长度：一个报文段最多携带多少字节数据。以太网上约为 1460，回环接口上大得多。',
  },
  window: {
    name: '窗口',
    text: '对端还有多少接收空间。窗口为 0 时，发送方内核停止发送，缓冲区逐渐写满，send() 随之阻塞。',
  },
  cwnd: {
    name: '拥塞窗口（cwnd）',
    text: '在收到确认之前，网络中最多允许有多少个在途报文段，用来避免网络拥塞。',
  },
  halfClose: {
    name: '半关闭',
    text: '一个方向已由 FIN 结束，另一个方向仍然可用：调用 shutdown(SHUT_WR) 的一端还可以继续接收。',
  },
  timeWait: {
    name: 'TIME-WAIT',
    text: '先关闭的一端会把这条连接的地址再保留一段时间（Linux 为 60 秒），以便应答重传的 FIN，并等迟到的报文段消失。',
  },
  closeWait: {
    name: 'CLOSE-WAIT',
    text: '对端已经关闭，本端还没有。忘记调用 close() 的程序会让套接字一直停在这里。',
  },
  blocking: {
    name: '阻塞',
    text: '调用在能够完成工作之前不返回。settimeout() 和 setblocking(False) 可以改变这一点。',
  },
};
