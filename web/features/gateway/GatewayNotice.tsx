import { useState } from 'react';
import { useT } from '../../i18n/t.ts';
import type { GatewayStatus, Playground } from '../../store/playground.ts';
import { Button } from '../../ui/Button.tsx';
import { useLive } from '../../ui/use-live.ts';
import styles from './Gateway.module.css';

/** What has to be known about the gateway before anything else: that it refuses, is away, was away, or is open to the world. */
export function GatewayNotice({ playground }: { readonly playground: Playground }) {
  const t = useT();
  useLive(playground);
  const { phase, failure, back, mode } = playground.gateway();
  const [dismissed, setDismissed] = useState<GatewayStatus['back']>();
  if (phase === 'refused' || phase === 'offline') {
    const { what, tryThis } = t.errors[failure?.code ?? 'GATEWAY_UNREACHABLE'];
    return (
      <p className={`${styles.notice} ${styles.bad}`}>
        <strong>{what}</strong> {tryThis}
      </p>
    );
  }
  if (back && back !== dismissed) {
    return (
      <p className={`${styles.notice} ${back.isLossless ? styles.good : styles.wait}`}>
        {back.isLossless ? t.gateway.backLossless(back.away) : t.gateway.backLost(back.away)}
        <Button
          look="quiet"
          className={styles.dismiss}
          aria-label={t.gateway.dismiss}
          onClick={() => setDismissed(back)}
        >
          ×
        </Button>
      </p>
    );
  }
  return mode === 'open' ? <p className={`${styles.notice} ${styles.wait}`}>{t.gateway.openMode}</p> : null;
}
