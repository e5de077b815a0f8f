import type { LiveSocket } from '../../store/live-socket.ts';
import { otherLeg } from '../../store/relay.ts';
import { useLive } from '../../ui/use-live.ts';
import { AnswersPanel } from './AnswersPanel.tsx';
import { LegNotice } from './LegNotice.tsx';
import type { RelayContext } from './relay-context.ts';

type DriverPanelProps = { readonly live: LiveSocket; readonly relay: RelayContext };

/** What a socket is made to do by itself: a listener's answers, or that it is one leg of a relay. Nothing for any other. */
export function DriverPanel({ live, relay }: DriverPanelProps) {
  useLive(live);
  if (live.kind === 'listen') return live.isOpen ? <AnswersPanel live={live} relay={relay} /> : null;
  const leg = otherLeg(live);
  return leg ? <LegNotice live={live} leg={leg} onShow={relay.onShow} /> : null;
}
