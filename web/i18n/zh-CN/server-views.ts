import type { serverViews as english } from '../en/server-views.ts';

export const serverViews: typeof english = {
  none: '请选择一个 TCP 客户端或监听套接字：这个视图显示与它有关的服务器。',
  another: '再连接一个客户端',
  accept: 'accept()',
  others: (count) => `另有 ${count} 个，属于其他页面或已关闭`,
  room: {
    label: '等候室',
    street: '门外：SYN-SENT',
    streetHint: '队列已满时客户端留在这里：Linux 丢弃 SYN，客户端的内核会重发；Windows 则回应 RST。',
    nobodyOutside: '门外没有客户端。',
    syns: (count) => `已发送 ${count} 个 SYN，没有回应`,
    room: 'accept 队列：ESTABLISHED',
    chairs: (backlog, chairs) =>
      chairs > backlog
        ? `listen(${backlog})：${chairs} 个位置，Linux 会多放一个`
        : `listen(${backlog})：${chairs} 个位置（模拟）`,
    roomHint: '内核已完成握手：连接已建立，可以发送数据。还没有程序取走它们。',
    free: '空',
    lap: (count) => (count === 0 ? '还没有发送数据' : `${count} 字节在接收缓冲区里等待`),
    counter: '已接受：程序已取得连接',
    counterHint: 'accept() 取走队列中的第一个。这不会产生任何报文。',
    nobodyAccepted: '还没有连接被接受。',
  },
  ports: {
    label: '端口',
    board: (port) => `端口 ${port} 上的套接字`,
    listens: '正在监听，本身没有连接',
    notListening: '现在没有程序在这里监听',
    client: '客户端的套接字',
    server: '服务器的套接字',
    inQueue: '在 accept 队列里：还没有程序取走',
    ofProgram: (name) => `属于${name}`,
    outside: '这个页面之外的程序',
    same: (count, port) =>
      count === 0
        ? `还没有连接。连接之后，服务器的套接字也使用端口 ${port}。`
        : `服务器的 ${count} 个套接字使用同一个端口 ${port}。四个数合在一起才能区分它们：请指向其中一个。`,
    segment: (from, to) => `从 ${from} 到 ${to} 的报文段只属于这一对。`,
    diary: (port) => `端口 ${port} 的记录`,
    left: (seconds) => `剩 ${seconds} 秒`,
    bindAgain: '再次绑定并监听：',
    withReuse: '设置 SO_REUSEADDR',
    withoutReuse: '不设置',
    bindHint:
      'Linux 让先关闭的一端在 TIME-WAIT 停留 60 秒。如果先关闭的是服务器一端，不设置 SO_REUSEADDR 的 bind() 会失败：EADDRINUSE。',
    doors: '谁能连进来',
    loopbackDoor: '127.0.0.1 是回环接口：只有同一台机器上的程序能连接。',
    anyDoor: '0.0.0.0 是所有接口：其他机器也能连接，除非中间有防火墙。',
  },
};
