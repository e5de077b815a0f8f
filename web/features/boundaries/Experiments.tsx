import { type FormEvent, useId, useState } from 'react';
import { PlaygroundError, type SocketErrorCode, toSocketErrorCode } from '../../../protocol/errors.ts';
import type { LabServer } from '../../../protocol/messages/session.ts';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import { useT } from '../../i18n/t.ts';
import type { LiveSocket } from '../../store/live-socket.ts';
import { Button } from '../../ui/Button.tsx';
import field from '../../ui/form/Input.module.css';
import styles from './BoundariesView.module.css';

const MOST = 65_536;
const FIELD = `${field.input} ${field.mono}`;

/** Ways to see borders go at will: the lab server's read size, and two sends with nothing between them. */
export function Experiments({ record, labs }: { readonly record: LiveSocket; readonly labs: readonly LabServer[] }) {
  return (
    <div className={styles.experiments}>
      {hasLab(record, labs) && <ReadSize record={record} />}
      <TwoSends record={record} />
    </div>
  );
}

/** A datagram socket has no connection that tells its server: it is known by where the datagrams go. */
function hasLab({ lab, kind, target }: LiveSocket, labs: readonly LabServer[]): boolean {
  if (kind !== 'udp') return lab !== undefined;
  return labs.some(({ protocol, port }) => protocol === 'udp' && port === target.port);
}

function ReadSize({ record }: { readonly record: LiveSocket }) {
  const t = useT();
  const id = useId();
  const [text, setText] = useState('1024');
  const [outcome, setOutcome] = useState<'set' | 'wrong' | SocketErrorCode>();

  async function apply(event: FormEvent): Promise<void> {
    event.preventDefault();
    const size = /^[0-9]{1,5}$/.test(text.trim()) ? Number(text) : 0;
    if (size < 1 || size > MOST) {
      setOutcome('wrong');
      return;
    }
    try {
      const { code } = await record.setOptions({ peerReceiveSize: size });
      setOutcome(code === undefined ? 'set' : toSocketErrorCode(code));
    } catch (error) {
      setOutcome(PlaygroundError.from(error).code);
    }
  }
  const isSaid = outcome === 'set' || outcome === 'wrong';
  const about = isSaid ? t.boundaries.readSizeOutcome[outcome] : outcome && t.errors[outcome].what;
  return (
    <form onSubmit={(event) => void apply(event)} noValidate>
      <label htmlFor={id}>{t.boundaries.readSize}</label>
      <input
        className={FIELD}
        id={id}
        type="text"
        inputMode="numeric"
        value={text}
        aria-invalid={outcome === 'wrong' || undefined}
        aria-describedby={`${id}-outcome`}
        onChange={(event) => {
          setText(event.target.value);
          setOutcome(undefined);
        }}
      />
      <Button type="submit" isDisabled={!record.isOpen}>
        {t.boundaries.setReadSize}
      </Button>
      <span id={`${id}-outcome`} role="status" className={outcome === 'set' ? undefined : styles.wrong}>
        {about}
      </span>
    </form>
  );
}

function TwoSends({ record }: { readonly record: LiveSocket }) {
  const t = useT();
  const [first, setFirst] = useState('Hello, ');
  const [second, setSecond] = useState('world!');
  function send(event: FormEvent): void {
    event.preventDefault();
    if (!record.canSend) return;
    for (const text of [first, second]) if (text !== '') record.send(encodeUtf8(text));
  }
  return (
    <form onSubmit={send}>
      <input
        className={FIELD}
        aria-label={t.boundaries.firstSend}
        value={first}
        onChange={(event) => setFirst(event.target.value)}
      />
      <input
        className={FIELD}
        aria-label={t.boundaries.secondSend}
        value={second}
        onChange={(event) => setSecond(event.target.value)}
      />
      <Button type="submit" isDisabled={!record.canSend}>
        {t.boundaries.sendBoth}
      </Button>
    </form>
  );
}
