import { useState } from 'react';
import { useT } from '../../i18n/t.ts';
import type { GatewayStatus } from '../../store/gateway-status.ts';
import type { Playground } from '../../store/playground.ts';
import { Button } from '../../ui/Button.tsx';
import tones from '../../ui/marks/tones.module.css';
import { useLive } from '../../ui/use-live.ts';
import styles from './Gateway.module.css';
import { TokenForm } from './TokenForm.tsx';

type GatewayNoticeProps = { readonly playground: Playground; readonly onToken: (token: string) => void };

/** What has to be known about the gateway before anything else: that it refuses, is away, was away, or is open to the world. */
export function GatewayNotice({ playground, onToken }: GatewayNoticeProps) {
  const t = useT();
  useLive(playground);
  const { phase, failure, back, mode } = playground.gateway();
  const [dismissed, setDismissed] = useState<GatewayStatus['back']>();
  if (phase === 'refused' || phase === 'offline') {
    const { what, tryThis } = t.errors[failure?.code ?? 'GATEWAY_UNREACHABLE'];
    return (
      <section className={`${styles.notice} ${tones.bad}`} aria-label={t.gateway[phase]}>
        <p>
          <strong>{what}</strong> {tryThis}
        </p>
        {failure?.code === 'ORIGIN_FORBIDDEN' ? (
          <p>
            {t.gateway.allowOrigin} <code>npm start -- --origin {window.location.origin}</code>
          </p>
        ) : null}
        {failure?.code === 'TOKEN_INVALID' ? <TokenForm onToken={onToken} /> : null}
      </section>
    );
  }
  if (back && back !== dismissed) {
    const text = back.isLossless ? t.gateway.backLossless(back.away) : t.gateway.backLost(back.away);
    return (
      <section
        aria-label={text}
        className={`${styles.notice} ${back.isLossless ? `${tones.good} ${styles.passing}` : tones.wait}`}
      >
        <span>{text}</span>
        <Button
          look="quiet"
          className={styles.dismiss}
          aria-label={t.gateway.dismiss}
          onClick={() => setDismissed(back)}
        >
          ×
        </Button>
      </section>
    );
  }
  if (mode !== 'open') return null;
  return (
    <section aria-label={t.gateway.openMode} className={`${styles.notice} ${tones.wait}`}>
      <p>{t.gateway.openMode}</p>
    </section>
  );
}
