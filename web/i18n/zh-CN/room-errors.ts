import type { RoomErrorCode } from '../../../protocol/errors.ts';
import type { ErrorText } from '../error-text.ts';

const NO_ROOM = '没有异常：课堂房间是实验场自己的';

/** 课堂房间拒绝或结束的事。 */
export const roomErrors: Readonly<Record<RoomErrorCode, ErrorText>> = {
  ROOM_UNKNOWN: {
    what: '用这个房间码进不了任何房间。',
    python: NO_ROOM,
    tryThis: '请与老师展示的房间码核对。老师也可能锁定了房间，或者换了新的房间码。',
  },
  ROOM_LOCKED: {
    what: '房间目前不让人进入。',
    python: NO_ROOM,
    tryThis: '请老师解除锁定。不需要房间的功能都照常可用。',
  },
  ROOM_FULL: {
    what: '房间的座位已满。',
    python: NO_ROOM,
    tryThis: '请老师增加座位。如果你之前已有座位，请用当时的浏览器打开房间。',
  },
  ROOM_ENDED: {
    what: '房间已被删除。',
    python: NO_ROOM,
    tryThis: '房间的内容已全部删除。你的套接字和自己的学习进度还在。',
  },
  ROOM_NEEDED: {
    what: '这个实验场只为房间里的人打开套接字，而你不在任何房间里。',
    python: '没有异常：这是实验场的规则，在你自己的机器上调用会照常发出',
    tryThis: '请输入老师展示的房间码。',
  },
  ROOM_RATE_EXCEEDED: {
    what: '短时间内操作过于频繁。',
    python: NO_ROOM,
    tryThis: '请等一分钟。正确的房间码随时有效。',
  },
  SEAT_UNKNOWN: {
    what: '房间里没有这个座位。',
    python: NO_ROOM,
    tryThis: '请用房间码加入。这个座位可能已与另一个合并。',
  },
  SEAT_TAKEN: {
    what: '这个座位已经有人。',
    python: NO_ROOM,
    tryThis: '如果这是你的名字，请告诉老师：座位可以转到另一台设备。',
  },
  SEAT_REMOVED: {
    what: '老师把你移出了房间。',
    python: NO_ROOM,
    tryThis: '请询问老师。你的套接字和自己的学习进度还在。',
  },
  NAME_INVALID: {
    what: '这个名字不能使用。',
    python: NO_ROOM,
    tryThis: '请用 1 到 24 个同一种文字的字符或数字，不要含看不见的字符。如果班级有名单，请按名单上的写法填写。',
  },
  KEY_INVALID: {
    what: '房间不接受这个钥匙或 PIN 码。',
    python: NO_ROOM,
    tryThis: '请重新打开房间的链接。PIN 码请询问老师。',
  },
  CLOSED_BY_INSTRUCTOR: {
    what: '老师关闭了这个套接字。',
    python: 'ConnectionResetError: [Errno 104] Connection reset by peer',
    tryThis: '请抬头问问原因，然后可以重新连接。',
  },
};
