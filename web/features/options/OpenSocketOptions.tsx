import { type FormEvent, useEffect, useEffectEvent, useState } from 'react';
import { PlaygroundError, type SocketErrorCode, toSocketErrorCode } from '../../../protocol/errors.ts';
import type { SocketValues } from '../../../protocol/messages/options.ts';
import { socketLabel } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import type { LiveSocket } from '../../store/live-socket.ts';
import { Button } from '../../ui/Button.tsx';
import { Fieldset } from '../../ui/panes/Panel.tsx';
import { useLive } from '../../ui/use-live.ts';
import { OptionFields } from './OptionFields.tsx';
import styles from './OptionsPanel.module.css';
import {
  FIRST_OPTIONS,
  FLAGS,
  numbersOf,
  type OptionDraft,
  type OptionKind,
  openFlagsOf,
  parseOptions,
} from './option-draft.ts';

/** setsockopt and getsockopt on a connection that is there: the values are the kernel's. */
export function OpenSocketOptions({ record }: { readonly record: LiveSocket }) {
  const t = useT();
  useLive(record);
  const kind: OptionKind = record.kind === 'unix' || record.kind === 'udp' ? record.kind : 'tcp';
  const [draft, setDraft] = useState(FIRST_OPTIONS);
  const [values, setValues] = useState<SocketValues>();
  const [outcome, setOutcome] = useState<'set' | SocketErrorCode>();

  /** What the kernel says; the boxes follow it, numbers stay as they were typed. */
  async function read(): Promise<void> {
    const { values: told, code } = await record.getOptions();
    if (code !== undefined) setOutcome(toSocketErrorCode(code));
    setValues(told);
    if (!told) return;
    const flags = Object.fromEntries(FLAGS.map((flag) => [flag, told[flag] ?? FIRST_OPTIONS[flag]]));
    setDraft((before) => ({ ...before, ...flags }) as OptionDraft);
  }
  const readFirst = useEffectEvent(() => {
    read().catch(() => setValues(undefined)); // closed meanwhile: there is nothing to tell of it
  });
  const isConnected = record.isOpen && record.local !== undefined;
  useEffect(() => {
    if (isConnected) readFirst();
  }, [isConnected]);

  async function apply(): Promise<void> {
    const options = parseOptions(draft, kind, {});
    if (!options) return;
    try {
      const { code } = await record.setOptions(options);
      setOutcome(code === undefined ? 'set' : toSocketErrorCode(code));
      await read();
    } catch (error) {
      setOutcome(PlaygroundError.from(error).code);
    }
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    void apply();
  }
  const label = socketLabel(t, record);
  const numbers = numbersOf(kind).filter(
    (field) => field !== 'localPort' && (field !== 'peerReceiveSize' || record.lab || kind === 'udp'),
  );
  return (
    <form onSubmit={onSubmit} noValidate>
      <Fieldset legend={t.options.now(label)}>
        <OptionFields draft={draft} onChange={setDraft} flags={openFlagsOf(kind)} numbers={numbers} />
        <Button type="submit" isDisabled={!isConnected}>
          {t.options.set}
        </Button>
      </Fieldset>
      <p role="status" className={styles.outcome}>
        {outcome === 'set' ? t.options.isSet : outcome && <strong>{`${outcome}: ${t.errors[outcome].what}`}</strong>}
      </p>
      {values ? <KernelValues values={values} /> : null}
    </form>
  );
}

const SIZES = ['sendBuffer', 'receiveBuffer'] as const;

function KernelValues({ values }: { readonly values: SocketValues }) {
  const t = useT();
  const flags = FLAGS.filter((flag) => values[flag] !== undefined);
  const sizes = SIZES.filter((size) => values[size] !== undefined);
  return (
    <>
      <dl aria-label={t.options.kernelSays} className={styles.values}>
        {flags.map((flag) => (
          <div key={flag}>
            <dt>{t.options.names[flag]}</dt>
            <dd>{values[flag] ? 1 : 0}</dd>
          </div>
        ))}
        {sizes.map((size) => (
          <div key={size}>
            <dt>{t.options.names[size]}</dt>
            <dd>{values[size]}</dd>
          </div>
        ))}
      </dl>
      {sizes.length > 0 ? <p className={styles.why}>{t.options.doubled}</p> : null}
    </>
  );
}
