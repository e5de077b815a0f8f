import { plural } from '../format.ts';

const bytes = (count: number) => plural(count, 'byte', 'bytes');

export const inspector = {
  label: 'Inspector',
  tabs: 'What is inspected',
  tab: { bytes: 'Bytes', text: 'Text', kernel: 'Kernel', code: 'Code' },
  nothing: 'Choose a row to look into its bytes.',
  newest: 'the newest bytes',
  follow: 'Newest',
  noBytes: 'This call moved no bytes.',
  bytes,
  afterSend: (span: string) => `${span} after your send`,
  took: (span: string) => `took ${span}`,
  range: (first: number, last: number) => `bytes ${first}–${last} of the stream`,
  grid: 'Bytes',
  legend: { time: 'time of the server', repr: 'what Python calls the bytes it received' },
  byte: (offset: number) => `byte ${offset}`,
  selection: (first: number, last: number) => `bytes ${first}–${last}`,
  asText: 'as text',
  notUtf8: 'not UTF-8 as a whole',
  number: 'number',
  bigEndian: 'big-endian',
  littleEndian: 'little-endian',
  numbersOf: 'The selection as numbers',
  broken: 'These bytes are not UTF-8.',
  cutBefore: 'The rest of a character that began in the call before: TCP cuts where it likes.',
  cutAfter: 'A character that goes on in the next call: TCP cuts where it likes.',
  brokenCount: (count: number) =>
    count === 1 ? '1 place cannot be read as UTF-8 here.' : `${count} places cannot be read as UTF-8 here.`,
  whyTitle: "Why b'…'?",
  why: 'The server received bytes, not text: Python shows bytes with a leading b and quotes. Decode them to get a string.',
};
