import type { SocketOptions } from '../../../protocol/messages/options.ts';

export const NUMBER_FIELDS = ['localPort', 'sendBuffer', 'receiveBuffer', 'receiveSize', 'peerReceiveSize'] as const;
export type NumberField = (typeof NUMBER_FIELDS)[number];
export const FLAGS = ['noDelay', 'keepAlive', 'lingerZero'] as const;
/** At the next connect() alone: on an open socket that is a switch beside its state. */
const NEXT_FLAGS = [...FLAGS, 'readByHand'] as const;
export type Flag = (typeof NEXT_FLAGS)[number];
/** What stands in the fields: anything. An empty field leaves an option as the system has it. */
export type OptionDraft = Readonly<Record<Flag, boolean> & Record<NumberField, string>>;
export type OptionKind = 'tcp' | 'udp' | 'unix';

/** As the gateway opens a socket of which nothing is asked. */
export const FIRST_OPTIONS: OptionDraft = {
  noDelay: true,
  keepAlive: false,
  lingerZero: false,
  readByHand: false,
  localPort: '',
  sendBuffer: '',
  receiveBuffer: '',
  receiveSize: '',
  peerReceiveSize: '',
};

/** Something is asked for that an untouched panel does not ask for. */
export function isChanged(draft: OptionDraft): boolean {
  return (
    NEXT_FLAGS.some((flag) => draft[flag] !== FIRST_OPTIONS[flag]) ||
    NUMBER_FIELDS.some((field) => draft[field].trim() !== '')
  );
}

/** What each field takes, from–to (protocol/messages/options.ts; a port below 1,024 is not for learners). */
export const RANGES: Readonly<Record<NumberField, { readonly least: number; readonly most: number }>> = {
  localPort: { least: 1_024, most: 65_535 },
  sendBuffer: { least: 1_024, most: 4_194_304 },
  receiveBuffer: { least: 1_024, most: 4_194_304 },
  receiveSize: { least: 1, most: 65_536 },
  peerReceiveSize: { least: 1, most: 65_536 },
};

/** Which of them a kind of socket has. */
const FLAGS_OF: Readonly<Record<OptionKind, readonly Flag[]>> = {
  tcp: NEXT_FLAGS,
  udp: ['readByHand'],
  unix: ['readByHand'],
};
const NUMBERS_OF: Readonly<Record<OptionKind, readonly NumberField[]>> = {
  tcp: NUMBER_FIELDS,
  udp: NUMBER_FIELDS,
  unix: ['receiveSize', 'peerReceiveSize'],
};
export function flagsOf(kind: OptionKind): readonly Flag[] {
  return FLAGS_OF[kind];
}
/** Of an open socket. */
export function openFlagsOf(kind: OptionKind): readonly Flag[] {
  return kind === 'tcp' ? FLAGS : [];
}
export function numbersOf(kind: OptionKind): readonly NumberField[] {
  return NUMBERS_OF[kind];
}

export function isInvalid(field: NumberField, text: string): boolean {
  const digits = text.trim();
  if (digits === '') return false;
  const { least, most } = RANGES[field];
  const value = /^[0-9]{1,7}$/.test(digits) ? Number(digits) : Number.NaN;
  return !(value >= least && value <= most);
}

/** What differs from `unless`, for this kind of socket; undefined where a field is wrong. */
export function parseOptions(
  draft: OptionDraft,
  kind: OptionKind,
  unless: Partial<OptionDraft> = FIRST_OPTIONS,
): SocketOptions | undefined {
  const options: Partial<Record<Flag, boolean> & Record<NumberField, number>> = {};
  for (const flag of FLAGS_OF[kind]) {
    const isSaid = flag === 'readByHand' ? draft[flag] : draft[flag] !== unless[flag];
    if (isSaid) options[flag] = draft[flag];
  }
  for (const field of NUMBERS_OF[kind]) {
    if (isInvalid(field, draft[field])) return undefined;
    if (draft[field].trim() !== '') options[field] = Number(draft[field]);
  }
  return options;
}
