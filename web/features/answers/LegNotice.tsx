import { formatEndpoint } from '../../../protocol/target.ts';
import { socketLabel } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import type { LiveSocket } from '../../store/live-socket.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './AnswersPanel.module.css';
import { useAnswerWords } from './answers-words.ts';

type LegNoticeProps = {
  readonly live: LiveSocket;
  readonly leg: LiveSocket;
  readonly onShow: (socket: LiveSocket) => void;
};

/** Which two connections are passed on to each other, and the way to the other one. */
export function LegNotice({ live, leg, onShow }: LegNoticeProps) {
  const words = useAnswerWords().relay;
  const t = useT();
  const [toClient, toServer] = live.kind === 'accepted' ? [live, leg] : [leg, live];
  const named = (socket: LiveSocket): string =>
    `${socketLabel(t, socket)} (${formatEndpoint(socket.target.host, socket.target.port)})`;
  return (
    <section aria-label={words.label} className={styles.panel}>
      <div className={styles.row}>
        <b>{words.label}</b>
        <span className={styles.about}>{words.legs(named(toClient), named(toServer))}</span>
        <Button onClick={() => onShow(leg)}>{words.show(socketLabel(t, leg))}</Button>
      </div>
    </section>
  );
}
