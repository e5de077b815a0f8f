import { useEffect, useRef, useState } from 'react';
import { isLoopbackHost } from '../../../protocol/loopback.ts';
import { formatEndpoint } from '../../../protocol/target.ts';
import { useT } from '../../i18n/t.ts';
import { answeringOf, answersOf } from '../../store/answering.ts';
import type { LiveSocket } from '../../store/live-socket.ts';
import { relay as passOn } from '../../store/relay.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/form/TextField.tsx';
import styles from './AnswersPanel.module.css';
import { useAnswerWords } from './answers-words.ts';
import type { RelayContext } from './relay-context.ts';
import { parseRelayTarget, type RelayErrors } from './relay-target.ts';

type RelayFieldsProps = {
  readonly live: LiveSocket;
  readonly relay: RelayContext;
  readonly onOutcome: (text: string) => void;
};

/** Where each connection is passed on to. */
export function RelayFields({ live, relay, onOutcome }: RelayFieldsProps) {
  const t = useT();
  const words = useAnswerWords().relay;
  const [fields, setFields] = useState(() => {
    const { host, port } = answersOf(live)?.target ?? relay.target ?? { host: '127.0.0.1', port: '' };
    return { host, port: String(port) };
  });
  const [errors, setErrors] = useState<RelayErrors>({});
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);

  function apply(): void {
    const target = parseRelayTarget(fields);
    setErrors('errors' in target ? target.errors : {});
    onOutcome('');
    if ('errors' in target) return;
    if (target.port === live.local?.port && isLoopbackHost(target.host)) {
      onOutcome(words.toItself);
      return;
    }
    const dial = relay.diallerTo(target);
    if (!dial) return;
    const begin = (accepted: LiveSocket): void => {
      passOn(accepted, dial());
      // The first is shown to whoever still looks at the listener; what was gone to by hand stays.
      if (isHere.current) relay.onShow(accepted);
    };
    answeringOf(live).set({ kind: 'relay', text: '', target, begin });
    onOutcome(words.applied(formatEndpoint(target.host, target.port)));
  }
  const fault = (code: RelayErrors['host']): string | undefined => code && `${t.errors[code].what}`;
  return (
    <form
      className={styles.row}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <TextField
        label={words.host}
        isMono
        autoComplete="off"
        value={fields.host}
        error={fault(errors.host)}
        onChange={(host) => setFields({ ...fields, host })}
      />
      <TextField
        label={words.port}
        isMono
        autoComplete="off"
        inputMode="numeric"
        value={fields.port}
        error={fault(errors.port)}
        onChange={(port) => setFields({ ...fields, port })}
      />
      <Button type="submit">{words.apply}</Button>
    </form>
  );
}
