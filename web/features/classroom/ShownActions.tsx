import { useClassWords } from '../../i18n/class-words.ts';
import type { ClassRoom } from '../../store/classroom/class-room.ts';
import type { SeatRow } from '../../store/classroom/seat-rows.ts';
import { Button } from '../../ui/Button.tsx';
import { SureButton } from './SureButton.tsx';
import styles from './Teach.module.css';

type ShownActionsProps = {
  readonly classRoom: ClassRoom;
  /** All seats. */
  readonly all: readonly SeatRow[];
  /** Those that were filtered out of them; undefined: nothing is filtered. */
  readonly shown: readonly SeatRow[] | undefined;
  readonly onMessage: (seats: readonly number[]) => void;
};

/** What is done with several seats at once: those that wait are let in, those that are shown get a message or are removed. */
export function ShownActions({ classRoom, all, shown, onMessage }: ShownActionsProps) {
  const { several } = useClassWords().teach;
  const { client } = classRoom;
  const waiting = all.filter(({ asksEntry }) => asksEntry).map(({ seat }) => seat);
  const seats = shown?.map(({ seat }) => seat) ?? [];
  if (waiting.length === 0 && seats.length === 0) return null;
  return (
    <div className={styles.buttons}>
      {waiting.length > 0 ? (
        <Button
          look="primary"
          onClick={() => void classRoom.attempt(() => client.ask('admit', { seats: waiting, yes: true }))}
        >
          {several.letIn(waiting.length)}
        </Button>
      ) : null}
      {seats.length > 0 ? (
        <>
          <Button onClick={() => onMessage(seats)}>{several.message(seats.length)}</Button>
          <SureButton
            key={seats.join()}
            text={several.remove(seats.length)}
            sure={several.removeSure(seats.length)}
            onSure={() => void classRoom.attempt(() => client.ask('remove', { seats }))}
          />
        </>
      ) : null}
    </div>
  );
}
