import { useT } from '../../i18n/t.ts';
import type { Playground } from '../../store/playground.ts';
import { Dot } from '../../ui/marks/Dot.tsx';
import { useLive } from '../../ui/use-live.ts';
import styles from './Gateway.module.css';

const TONE = {
  connecting: 'wait',
  online: 'good',
  unstable: 'wait',
  offline: 'bad',
  refused: 'bad',
  left: 'bad',
} as const;

/** How the gateway is, in a word, with the time its last answer took. */
export function GatewayBadge({ playground }: { readonly playground: Playground }) {
  const t = useT();
  useLive(playground);
  const { phase, latency } = playground.gateway();
  return (
    <span className={styles.badge}>
      <Dot tone={TONE[phase]} />
      <span className={styles.words}>{phase === 'online' ? t.gateway.online(latency) : t.gateway[phase]}</span>
    </span>
  );
}
