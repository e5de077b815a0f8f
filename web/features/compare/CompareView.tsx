import { useEffect, useState } from 'react';
import { formatSpan } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import { browserClock } from '../../platform/browser-gateway.ts';
import type { Playground } from '../../store/playground.ts';
import { type StateKey, usePageStates } from '../../ui/page/page-states.ts';
import { useLive } from '../../ui/use-live.ts';
import { BothLog } from './BothLog.tsx';
import styles from './CompareView.module.css';
import { ComparisonBar } from './ComparisonBar.tsx';
import { Comparison } from './comparison.ts';
import { Lanes } from './Lanes.tsx';

/** Kept as long as the page: coming back to the view finds its clients. */
const COMPARISON: StateKey<Comparison> = { name: 'compare' };

/** Milliseconds between two drawings of what still goes on. */
const TICK = 100;

/** Two clients of one server side by side: one at a time against threaded. */
export function CompareView({ playground }: { readonly playground: Playground }) {
  const comparison = usePageStates().of(COMPARISON, () => new Comparison(playground, browserClock));
  useLive(comparison);
  useLive(playground);
  const { compare: t } = useT();
  const { before } = comparison;
  const clients = comparison.clients();
  const isGoingOn = clients.some(({ record }) => !record.isOver);
  const [now, setNow] = useState(() => browserClock.now());
  useEffect(() => {
    if (!isGoingOn) return;
    const timer = setInterval(() => setNow(browserClock.now()), TICK);
    return () => clearInterval(timer);
  }, [isGoingOn]);
  const queue = playground.labStats().get(comparison.server);
  return (
    <div className={styles.view}>
      <ComparisonBar comparison={comparison} queue={queue} isEmulated={playground.gateway().queue === 'emulated'} />
      {before && (
        <p className={styles.before}>
          {t.before(t.servers[before.server], formatSpan(before.a), formatSpan(before.b))}
        </p>
      )}
      <Lanes comparison={comparison} queue={queue} now={now} />
      <BothLog comparison={comparison} />
    </div>
  );
}
