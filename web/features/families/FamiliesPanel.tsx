import { type FormEvent, useEffect, useEffectEvent, useState } from 'react';
import { type SocketErrorCode, toSocketErrorCode } from '../../../protocol/errors.ts';
import type { CallResult, EchoedMessage, TriedSocket } from '../../../protocol/messages/calls.ts';
import { useT } from '../../i18n/t.ts';
import type { Playground } from '../../store/playground.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/form/TextField.tsx';
import { Fieldset, Panel } from '../../ui/panes/Panel.tsx';
import styles from './FamiliesPanel.module.css';
import { becomesDatagram, FAMILIES, outcomeOf, TYPES } from './families.ts';

type FamiliesPanelProps = {
  readonly id: string;
  readonly playground: Playground;
  readonly onClose: () => void;
};

/** Every family with every type, tried for real on the server's machine; and the one that keeps messages apart. */
export function FamiliesPanel({ id, playground, onClose }: FamiliesPanelProps) {
  const t = useT();
  const [tried, setTried] = useState<readonly TriedSocket[]>();
  const ask = useEffectEvent(async () => {
    setTried(await playground.families.ask());
  });
  useEffect(() => {
    void ask();
  }, []);
  return (
    <Panel id={id} label={t.families.title} onClose={onClose}>
      <p>{t.families.about}</p>
      {tried === undefined ? <p>{t.families.asking}</p> : <Tried tried={tried} />}
      <Seqpacket playground={playground} />
    </Panel>
  );
}

function Tried({ tried }: { readonly tried: readonly TriedSocket[] }) {
  const t = useT();
  if (tried.length === 0) return <p>{t.families.cannotAsk}</p>;
  const codes = [...new Set(tried.map(({ outcome }) => outcome))].filter((outcome) => outcome !== 'ok');
  return (
    <>
      <table className={styles.table} aria-label={t.families.title}>
        <thead>
          <tr>
            <th scope="col">{t.families.type}</th>
            {FAMILIES.map((family) => (
              <th key={family} scope="col">
                {family}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {TYPES.map((type) => (
            <tr key={type}>
              <th scope="row" title={t.families.types[type]}>
                {type}
              </th>
              {FAMILIES.map((family) => (
                <td key={family}>
                  <Outcome outcome={outcomeOf(tried, family, type)} isDatagram={becomesDatagram(family, type)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <dl className={styles.types}>
        {FAMILIES.map((family) => (
          <div key={family}>
            <dt>{family}</dt>
            <dd>{t.families.families[family]}</dd>
          </div>
        ))}
        {TYPES.map((type) => (
          <div key={type}>
            <dt>{type}</dt>
            <dd>{t.families.types[type]}</dd>
          </div>
        ))}
        {codes.map((code) => (
          <div key={code}>
            <dt className={styles.bad}>{code}</dt>
            <dd>
              {t.errors[toSocketErrorCode(code)].what} {t.errors[toSocketErrorCode(code)].tryThis}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

type OutcomeProps = { readonly outcome: string | undefined; readonly isDatagram: boolean };

function Outcome({ outcome, isDatagram }: OutcomeProps) {
  const t = useT();
  if (outcome === undefined) return null;
  return outcome === 'ok' ? (
    <span className={styles.good}>{isDatagram ? t.families.becomesDatagram : t.families.works}</span>
  ) : (
    <span className={styles.bad} title={t.errors[toSocketErrorCode(outcome)].what}>
      {outcome}
    </span>
  );
}

/** Messages through a real SOCK_SEQPACKET: borders are kept, and what does not fit is lost. */
function Seqpacket({ playground }: { readonly playground: Playground }) {
  const t = useT();
  const [first, setFirst] = useState('hello');
  const [second, setSecond] = useState('python');
  const [size, setSize] = useState('1024');
  const [answer, setAnswer] = useState<{ readonly echoed: readonly EchoedMessage[]; readonly size: number }>();
  const [failure, setFailure] = useState<SocketErrorCode>();
  const receiveSize = /^[0-9]{1,5}$/.test(size.trim()) ? Number(size) : 0;
  const isWrong = receiveSize < 1 || receiveSize > 65_536;

  function show({ echoed, code }: CallResult): void {
    setFailure(code === undefined ? undefined : toSocketErrorCode(code));
    setAnswer(echoed && { echoed, size: receiveSize });
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (isWrong) return;
    void playground.families.echo([first, second], receiveSize).then(show);
  }
  return (
    <form onSubmit={onSubmit} noValidate>
      <Fieldset legend={t.families.seqpacket} hint={t.families.seqpacketHint}>
        <TextField label={t.families.firstMessage} value={first} maxLength={1_000} onChange={setFirst} />
        <TextField label={t.families.secondMessage} value={second} maxLength={1_000} onChange={setSecond} />
        <TextField
          label={t.families.receiveSize}
          isMono
          inputMode="numeric"
          value={size}
          error={isWrong ? t.options.invalid(1, 65_536) : undefined}
          onChange={setSize}
        />
        <Button type="submit">{t.families.send}</Button>
      </Fieldset>
      <div role="status" className={styles.answer}>
        {failure ? `${failure}: ${t.errors[failure].what}` : null}
        {answer?.echoed.map(({ text, count, length }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two messages may be the same
          <p key={index}>
            <code>
              recv({answer.size}) → {count} B
            </code>{' '}
            “{text}” {count < length ? <span className={styles.bad}>{t.families.lost(length - count)}</span> : null}
          </p>
        ))}
      </div>
    </form>
  );
}
