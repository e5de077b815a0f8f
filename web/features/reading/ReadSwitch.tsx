import { type FormEvent, useId, useState } from 'react';
import { PlaygroundError, type SocketErrorCode, toSocketErrorCode } from '../../../protocol/errors.ts';
import type { CallResult } from '../../../protocol/messages/calls.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useT } from '../../i18n/t.ts';
import { type LiveSocket, liveOf } from '../../store/live-socket.ts';
import { Button } from '../../ui/Button.tsx';
import { CheckBox } from '../../ui/form/CheckBox.tsx';
import input from '../../ui/form/Input.module.css';
import { useLive } from '../../ui/use-live.ts';
import styles from './ReadSwitch.module.css';

/** The n of the tutorial's recv(n), and what the protocol takes. */
const FIRST_SIZE = '1024';
const SIZES = { least: 1, most: 65_536 };

type ReadSwitchProps = {
  readonly record: SocketTrace;
  readonly isPictureOpen: boolean;
  readonly onPicture: (isOpen: boolean) => void;
};

/** Whether a socket is read by itself; where it is not, the recv(n) that reads it, and the picture of what is not read. */
export function ReadSwitch(props: ReadSwitchProps) {
  useLive(props.record);
  const live = liveOf(props.record);
  if (!live?.isOpen || !live.isOpened) return null;
  return <OfLive key={live.id} {...props} live={live} />;
}

function OfLive({ live, isPictureOpen, onPicture }: ReadSwitchProps & { readonly live: LiveSocket }) {
  const t = useT().session.reading;
  const { errors } = useT();
  const id = useId();
  const [size, setSize] = useState(FIRST_SIZE);
  const [failure, setFailure] = useState<SocketErrorCode>();
  const isListener = live.kind === 'listen';
  /** What was pressed, until the gateway has answered. */
  const [asked, setAsked] = useState<boolean>();
  const isReadByHand = asked ?? live.isReadByHand;
  const { isRecvWaiting } = live;
  const isInvalid = !isSize(size);

  async function call(made: () => Promise<CallResult>): Promise<void> {
    try {
      const { code } = await made();
      // How a socket ended stands where its state does.
      setFailure(code === undefined || code === 'SOCKET_CLOSED' ? undefined : toSocketErrorCode(code));
    } catch (error) {
      setFailure(PlaygroundError.from(error).code);
    }
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!isInvalid && !isRecvWaiting) void call(() => live.recv(Number(size)));
  }
  function onSwitch(isByItself: boolean): void {
    if (!isListener) onPicture(!isByItself);
    setAsked(!isByItself);
    void call(() => live.setOptions({ readByHand: !isByItself })).finally(() => setAsked(undefined));
  }
  return (
    <form className={styles.reading} onSubmit={onSubmit} noValidate data-by-hand={isReadByHand || undefined}>
      <CheckBox
        label={t.byItself}
        title={isListener ? t.byItselfListenerHint : t.byItselfHint}
        isChecked={!isReadByHand}
        onChange={onSwitch}
      />
      {isReadByHand && !isListener ? (
        <>
          <label htmlFor={id} className={styles.size}>
            n
          </label>
          <input
            id={id}
            type="number"
            min={SIZES.least}
            max={SIZES.most}
            className={`${input.input} ${input.mono} ${styles.number}`}
            value={size}
            aria-invalid={isInvalid || undefined}
            onChange={(event) => setSize(event.target.value)}
          />
          <Button type="submit" title={t.recvHint} isDisabled={isInvalid || isRecvWaiting} className={styles.recv}>
            recv
          </Button>
        </>
      ) : null}
      {isListener ? null : (
        <Button
          look="quiet"
          aria-expanded={isPictureOpen}
          title={t.pictureHint}
          onClick={() => onPicture(!isPictureOpen)}
        >
          {t.picture}
        </Button>
      )}
      <span role="status" className={styles.waiting}>
        {isRecvWaiting ? t.waiting(live.receiveSize) : ''}
      </span>
      {failure ? (
        <strong role="alert" className={styles.failure}>{`${failure}: ${errors[failure].what}`}</strong>
      ) : null}
    </form>
  );
}

function isSize(text: string): boolean {
  const size = Number(text);
  return Number.isInteger(size) && size >= SIZES.least && size <= SIZES.most;
}
