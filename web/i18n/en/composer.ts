import { plural } from '../format.ts';

export const composer = {
  form: 'Composer',
  data: 'Data to send',
  placeholder: { text: 'Type here, press Enter', escapes: 'hello\\n  \\x00\\xff  \\u4f60', hex: '68 65 6c 6c 6f' },
  send: 'Send',
  sendAs: 'Send as',
  sendAsOptions: { text: 'Text', escapes: 'Escapes', hex: 'Hex' },
  lineEnding: 'Line ending',
  lineEndingHint: 'Added at the end of each line in the box, including the last',
  lineEndingCaption: 'line end',
  lineEndingOptions: { none: 'None', lf: 'LF', crlf: 'CRLF' },
  bytes: (count: number) => plural(count, 'byte', 'bytes'),
  /** Beside the count. */
  inSends: (sends: number, most: number) => `in ${sends} send() calls of up to ${most.toLocaleString('en')} bytes`,
  /** Beside the count: the text has CR in it, which the box does not show. */
  pastedBreaks: 'line breaks as pasted (CRLF)',
  notYetBytes: 'not bytes yet',
  keySend: 'send',
  keyNewLine: 'new line',
  keyRecall: 'recall',
  at: (position: number) => `At character ${position}.`,
  empty: 'Nothing to send. Type something, or choose a line ending.',
  notConnected: 'There is no connection yet. Your text stays here.',
  listenerSelected: 'A listening socket only accepts connections. To send, choose one of its peers, or a client.',
  dial: (target: string) => `Connect to ${target} and send it`,
  tools: 'Message tools',
};
