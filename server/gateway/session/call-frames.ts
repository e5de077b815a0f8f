import { FrameType } from '../../../protocol/frame.ts';

const CALLS = [
  ...[FrameType.OPEN, FrameType.DATA, FrameType.FIN, FrameType.RST, FrameType.CLOSE, FrameType.DGRAM],
  ...[FrameType.ACCEPT, FrameType.CALL],
];

/** By type, as each frame is looked up: 1 for a call of the learner's or of a program's; the others are the page's own. */
export const IS_CALL = Uint8Array.from({ length: 0x100 }, (_, type) => (CALLS.some((call) => call === type) ? 1 : 0));
