import type { SocketOptions, Trouble } from '../../protocol/messages/options.ts';

/** When an option of OPEN is set: some must be before bind(2), some before connect(2). */
export type OptionStage = 'before bind' | 'before connect' | 'at last';
type Named = { readonly stage: OptionStage; readonly text: (options: SocketOptions) => string | undefined };

const flag = (name: string, value: boolean | undefined): string | undefined =>
  value === undefined ? undefined : `${name} ${value ? 1 : 0}`;
const number = (name: string, value: number | undefined): string | undefined =>
  value === undefined ? undefined : `${name} ${value}`;

/** In the order in which they are set. */
const OPTIONS: readonly Named[] = [
  { stage: 'before bind', text: ({ reuseAddress }) => flag('SO_REUSEADDR', reuseAddress) },
  { stage: 'before bind', text: ({ ipv6Only }) => flag('IPV6_V6ONLY', ipv6Only) },
  { stage: 'before connect', text: ({ sendBuffer }) => number('SO_SNDBUF', sendBuffer) },
  { stage: 'before connect', text: ({ receiveBuffer }) => number('SO_RCVBUF', receiveBuffer) },
  { stage: 'at last', text: ({ noDelay }) => flag('TCP_NODELAY', noDelay) },
  { stage: 'at last', text: ({ keepAlive }) => flag('SO_KEEPALIVE', keepAlive) },
  // struct linger {l_onoff, l_linger}: off, or on with 0 seconds.
  { stage: 'at last', text: ({ lingerZero }) => flag('SO_LINGER', lingerZero)?.concat(' 0') },
  { stage: 'at last', text: ({ receiveSize }) => number('receiveSize', receiveSize) },
  { stage: 'at last', text: ({ readByHand }) => flag('readByHand', readByHand) },
  { stage: 'at last', text: ({ peerReceiveSize }) => number('peerReceiveSize', peerReceiveSize) },
  { stage: 'at last', text: ({ trouble }) => trouble && troubleText(trouble) },
];

/** What a setsockopt event says of each option that was asked for: `SO_REUSEADDR 0`, `receiveSize 4`, `trouble slice 3`. */
export function optionTexts(options: SocketOptions, stage?: OptionStage): string[] {
  const asked = stage === undefined ? OPTIONS : OPTIONS.filter((option) => option.stage === stage);
  return asked.flatMap(({ text }) => text(options) ?? []);
}

function troubleText(trouble: Trouble): string {
  const parts = Object.entries(trouble).filter(([, value]) => value !== undefined);
  return ['trouble', ...(parts.length === 0 ? ['none'] : parts.flat())].join(' ');
}
