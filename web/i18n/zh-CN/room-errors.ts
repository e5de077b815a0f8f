import type { RoomErrorCode } from '../../../protocol/errors.ts';
import type { ErrorText } from '../error-text.ts';

const NO_ROOM = '没有异常：课堂是实验场自己的功能';

/** What a class room refuses, or ends. */
export const roomErrors: Readonly<Record<RoomErrorCode, ErrorText>> = {
  ROOM_UNKNOWN: {
    what: '没有使用这个代码的课堂。',
    python: NO_ROOM,
    tryThis: '请与教师展示的代码核对。教师也可能锁定了课堂，或者换了新代码。',
  },
  ROOM_LOCKED: {
    what: '课堂目前已锁定，不能进入。',
    python: NO_ROOM,
    tryThis: '请教师解除锁定。不需要课堂的功能都照常可用。',
  },
  ROOM_FULL: {
    what: '课堂的座位已满。',
    python: NO_ROOM,
    tryThis: '请教师增加座位。如果你之前已有座位，请用当时的浏览器打开课堂。',
  },
  ROOM_ENDED: {
    what: '课堂已被删除。',
    python: NO_ROOM,
    tryThis: '课堂的内容已全部删除。你的套接字和自己的学习进度还在。',
  },
  ROOM_NEEDED: {
    what: '这个实验场只为课堂里的人打开套接字，而你不在任何课堂里。',
    python: '没有异常：这是实验场的规则，在你自己的机器上调用会照常进行',
    tryThis: '请输入教师展示的代码。',
  },
  ROOM_RATE_EXCEEDED: {
    what: '短时间内操作过于频繁。',
    python: NO_ROOM,
    tryThis: '请等一分钟。正确的代码随时有效。',
  },
  SEAT_UNKNOWN: {
    what: '课堂里没有这个座位。',
    python: NO_ROOM,
    tryThis: '请用课堂的代码加入。这个座位可能已与另一个合并。',
  },
  SEAT_TAKEN: {
    what: '这个座位已经有人。',
    python: NO_ROOM,
    tryThis: '如果这是你的名字，请告诉教师：座位可以转到另一台设备。',
  },
  SEAT_REMOVED: {
    what: '教师把你移出了课堂。',
    python: NO_ROOM,
    tryThis: '请询问教师。你的套接字和自己的学习进度还在。',
  },
  NAME_INVALID: {
    what: '这个名字不能使用。',
    python: NO_ROOM,
    tryThis: '请用 1 到 24 个同一种文字的字符或数字，不要含看不见的字符。如果班级有名单，请按名单上的写法填写。',
  },
  KEY_INVALID: {
    what: '课堂不接受这个密钥或 PIN。',
    python: NO_ROOM,
    tryThis: '请重新打开课堂的链接。PIN 请询问教师。',
  },
  CLOSED_BY_INSTRUCTOR: {
    what: '教师关闭了这个套接字。',
    python: 'ConnectionResetError: [Errno 104] Connection reset by peer',
    tryThis: '请抬头问问原因，然后可以重新连接。',
  },
};
