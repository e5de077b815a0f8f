import { plural } from '../format.ts';

export const save = {
  save: 'Save',
  saveHint: 'Save every socket in the list, or this one as a program',
  pcapng: 'pcapng',
  pcapngHint: 'all sockets, for Wireshark',
  json: 'JSON',
  jsonHint: 'all sockets, for Open',
  text: 'Text',
  textHint: 'all sockets: each call with its line and its bytes, to read',
  python: 'Python script',
  pythonHint: 'this socket, as a program',
  saveFailed: 'It cannot be saved in this form.',
  open: 'Open',
  openHint: 'Read a JSON recording: its sockets join the list',
  openFailed: (file: string) => `“${file}” cannot be opened.`,
  opened: (sockets: number) => `${plural(sockets, 'socket', 'sockets')} read back.`,
  progress: 'The file',
  cancel: 'Cancel',
  replay: 'Replay',
  replayHint: 'Open the same connection again and send the same bytes',
  waitForReplies: 'Wait for each reply',
  waitForRepliesHint: 'go on when as many bytes have come back',
  originalTiming: 'Original timing',
  originalTimingHint: 'send at the recorded intervals',
  stop: 'Stop replay',
  step: (done: number, total: number) => `Replaying: ${done} of ${plural(total, 'step', 'steps')}.`,
  waiting: (bytes: number) => `Waiting for ${plural(bytes, 'more byte', 'more bytes')}.`,
  missing: (bytes: number) =>
    bytes === 0
      ? 'The first calls of the recording are no longer kept; they sent nothing.'
      : `The first calls of the recording are no longer kept: the ${plural(bytes, 'byte', 'bytes')} that they sent went out as one send.`,
  missingDatagrams: 'The first calls of the recording are no longer kept: their datagrams are left out.',
  done: 'Replayed to the end.',
  cut: (done: number, total: number) => `The socket ended after ${done} of ${plural(total, 'step', 'steps')}.`,
  stopped: 'Replay stopped. The socket is still open.',
};
