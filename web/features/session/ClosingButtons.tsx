import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useT } from '../../i18n/t.ts';
import { liveOf } from '../../store/live-socket.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './SocketBar.module.css';

/** The three ways to end a connection. */
export function ClosingButtons({ record: socket }: { readonly record: SocketTrace | undefined }) {
  const t = useT();
  const record = liveOf(socket);
  const isOpen = record?.isOpen ?? false;
  const isConnection = record?.kind !== 'udp' && record?.kind !== 'listen';
  return (
    <div className={styles.closing}>
      <Button title={t.session.halfCloseHint} isDisabled={!record?.canHalfClose} onClick={() => record?.shutdown()}>
        {t.session.halfClose}
      </Button>
      <Button title={t.session.resetHint} isDisabled={!(isOpen && isConnection)} onClick={() => record?.reset()}>
        {t.session.reset}
      </Button>
      <Button title={t.session.closeHint} isDisabled={!isOpen} onClick={() => record?.close()}>
        {t.session.close}
      </Button>
    </div>
  );
}
