import { useState } from 'react';
import { formatCode } from '../../../../protocol/rooms/code.ts';
import type { HelpRequest } from '../../../../protocol/rooms/records.ts';
import { useClassWords } from '../../../i18n/class-words.ts';
import type { ClassRoom } from '../../../store/classroom/class-room.ts';
import type { SeatRow } from '../../../store/classroom/seat-rows.ts';
import { Button } from '../../../ui/Button.tsx';
import { Select } from '../../../ui/form/Select.tsx';
import { TextField } from '../../../ui/form/TextField.tsx';
import { SureButton } from '../SureButton.tsx';
import styles from '../Teach.module.css';
import { seatAndName } from './seat-text.ts';

type SeatActionsProps = {
  readonly classRoom: ClassRoom;
  readonly row: SeatRow;
  readonly others: readonly SeatRow[];
  readonly isHiding: boolean;
  readonly request: HelpRequest | undefined;
  readonly onMessage: () => void;
  readonly onShare: () => void;
};

/** What an instructor can do with one seat. */
export function SeatActions(props: SeatActionsProps) {
  const { classRoom, row, others, isHiding, request, onMessage, onShare } = props;
  const { teach } = useClassWords();
  const words = teach.seat;
  const { client } = classRoom;
  const { seat } = row;
  const [name, setName] = useState<string>();
  const [code, setCode] = useState<string>();
  const isShared = classRoom.model.now.spotlight !== undefined;
  const run = (ask: () => Promise<unknown>) => void classRoom.attempt(ask);

  async function handOver(): Promise<void> {
    const answer = await client.ask('handover', { seat });
    if (answer.say === 'handed') setCode(formatCode(answer.code));
  }
  async function rename(): Promise<void> {
    if (name === undefined) return;
    if (await classRoom.attempt(() => client.ask('rename', { seat, name }))) setName(undefined);
  }
  return (
    <div className={styles.actions}>
      {row.asksEntry ? (
        <>
          <Button look="primary" onClick={() => run(() => client.ask('admit', { seats: [seat], yes: true }))}>
            {words.letIn}
          </Button>
          <Button onClick={() => run(() => client.ask('admit', { seats: [seat], yes: false }))}>{words.refuse}</Button>
        </>
      ) : null}
      {request ? (
        <Button onClick={() => run(() => client.ask('help', { request: request.request, do: 'done' }))}>
          {words.done1}
        </Button>
      ) : null}
      {row.stuck ? <Button onClick={() => run(() => client.ask('quiet', { seat }))}>{words.notStuck}</Button> : null}
      <Button onClick={onShare}>{isShared ? words.stopSharing : words.share}</Button>
      <Button onClick={onMessage}>{words.message}</Button>
      <SureButton
        text={words.close}
        sure={words.closeSure}
        onSure={() => run(() => client.ask('close', { seats: [seat] }))}
      />
      <SureButton
        text={words.remove}
        sure={words.removeSure}
        onSure={() => run(() => client.ask('remove', { seats: [seat] }))}
      />
      <Button onClick={() => run(handOver)}>{words.handover}</Button>
      {name === undefined ? (
        <Button onClick={() => setName(row.name)}>{words.rename}</Button>
      ) : (
        <form
          className={styles.hint}
          onSubmit={(event) => {
            event.preventDefault();
            void rename();
          }}
        >
          <TextField label={words.name} autoComplete="off" value={name} onChange={setName} />
          <Button type="submit">{words.rename}</Button>
        </form>
      )}
      {code === undefined ? null : <p role="status">{words.handed(code)}</p>}
      {others.length > 0 ? (
        <Merge
          others={others}
          isHiding={isHiding}
          onMerge={(into) => run(() => client.ask('merge', { from: seat, into }))}
        />
      ) : null}
    </div>
  );
}

type MergeProps = {
  readonly others: readonly SeatRow[];
  readonly isHiding: boolean;
  readonly onMerge: (into: number) => void;
};
/** Two seats of one person become one. */
function Merge({ others, isHiding, onMerge }: MergeProps) {
  const { teach } = useClassWords();
  const words = teach.seat;
  const [into, setInto] = useState<number>();
  const isThere = others.some(({ seat }) => seat === into);
  return (
    <details className={styles.merge}>
      <summary>{words.merge}</summary>
      <p className={styles.note}>{words.mergeAbout}</p>
      <Select
        label={words.mergeInto}
        isCaptioned
        options={[
          { value: '', label: '–' },
          ...others.map((row) => ({ value: String(row.seat), label: seatAndName(teach, row, isHiding) })),
        ]}
        value={isThere ? String(into) : ''}
        onChange={(seat) => setInto(Number(seat) || undefined)}
      />
      {into !== undefined && isThere ? (
        <SureButton text={words.merge} sure={words.mergeSure} onSure={() => onMerge(into)} />
      ) : null}
    </details>
  );
}
