import type { announcements as english } from '../en/announcements.ts';

export const announcements: typeof english = {
  opened: (label, state) => `${label}：${state}`,
  failed: (label, code, what) => `${label}：${code}。${what}`,
  'peer-closed': (label) => `${label}：对端已发完全部数据（FIN）。`,
  closed: (label) => `${label}：已关闭。`,
  'accepted-by-peer': (label) => `${label}：服务器已接受。`,
  'peer-waiting': (label, waiting) => `${label}：${waiting} 个在等待 accept。`,
  'datagrams-dropped': (label) => `${label}：有数据报在到达这里之前被丢弃。`,
  phase: {
    connecting: '正在连接网关。',
    online: '网关已应答。',
    unstable: '网关不稳定。',
    offline: '连不上网关，页面会一直重试：若两分钟内恢复，就不会丢失数据。',
    refused: '网关拒绝了这个页面。',
    left: '这个页面已断开与网关的会话。',
  },
  gone: '实验场已停止，其套接字都已关闭。页面会一直重试连接。',
};
