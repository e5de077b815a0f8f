import type { labs as english } from '../en/labs.ts';

export const labs: typeof english = {
  title: '实验服务器',
  servers: {
    'Timestamp echo': { name: '时间戳回显', about: '一次只服务一个' },
    'Threaded echo': { name: '多线程回显', about: '每个客户端一个处理程序' },
    'Raw echo': { name: '原样回显', about: '收到什么就逐字节发回什么' },
    'Datagram echo': { name: '数据报回显', about: '每个数据报回复一次' },
    Trouble: { name: '故障服务器', about: '可选延迟、分片、复位或不应答' },
    Discard: { name: '丢弃', about: '只接收，不回复' },
    Daytime: { name: '日期时间', about: '返回时间后关闭' },
    'Character generator': { name: '字符发生器', about: '不停地发送字符' },
  },
  waiting: (count) => `${count} 个在等待`,
  queue: (waiting, max) => `accept 队列：${waiting} / ${max}`,
  oneMore: (max) => `listen(${max})：Linux 实际允许 ${max + 1} 个等待`,
  emulated: '模拟',
  emulatedHint: '这台机器读不到内核自己的队列：由服务器程序维护一个行为相同的队列。',
  served: (count) => `已服务 ${count}\u00a0个客户端`,
  portTaken: (preferred) => `${preferred} 已被占用`,
  unix: 'Unix',
  byPath: (server) => `经 Unix 套接字连接${server}`,
  none: '连上网关后，它们就会出现。',
};
