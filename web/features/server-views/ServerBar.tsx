import type { ReactNode } from 'react';
import { dialledAddress } from '../../../protocol/loopback.ts';
import { formatEndpoint } from '../../../protocol/target.ts';
import { useChapter } from '../../i18n/chapter.ts';
import { labName, socketLabel } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import { liveOf } from '../../store/live-socket.ts';
import type { Playground } from '../../store/playground.ts';
import type { ServerEnd } from '../../store/server-end.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './ServerViews.module.css';
import { SERVER_VIEWS } from './words.ts';

type ServerBarProps = { readonly end: ServerEnd; readonly playground: Playground; readonly children?: ReactNode };

/** Which server it is, and what can be done to it from here. */
export function ServerBar({ end, playground, children }: ServerBarProps) {
  const t = useT();
  const words = useChapter(SERVER_VIEWS);
  const { endpoint, listener, lab } = end;
  const live = listener?.isOpen ? liveOf(listener) : undefined;
  const name = lab ? labName(t, lab.name) : listener ? socketLabel(t, listener) : '';
  const isListening = lab !== undefined || live !== undefined;
  return (
    <div className={styles.bar}>
      <strong>{name}</strong>
      <code>{formatEndpoint(endpoint.host, endpoint.port)}</code>
      {isListening && (
        <Button onClick={() => playground.connect('tcp', dialledAddress(endpoint.host), endpoint.port)}>
          {words.another}
        </Button>
      )}
      {live && <Button onClick={() => live.accept()}>{words.accept}</Button>}
      {children}
    </div>
  );
}
