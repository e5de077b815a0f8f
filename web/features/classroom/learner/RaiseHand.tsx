import { type FormEvent, useState } from 'react';
import type { OwnSeat } from '../../../../client/rooms/room-model.ts';
import { useClassWords } from '../../../i18n/class-words.ts';
import type { ClassRoom } from '../../../store/classroom/class-room.ts';
import { Button } from '../../../ui/Button.tsx';
import { TextField } from '../../../ui/form/TextField.tsx';
import { useFailureText } from '../use-failure-text.ts';
import styles from './Classroom.module.css';

/** What a question has room for. */
const QUESTION_MAX = 200;

/** Asks for help, with a question if one has one; the place in the queue stands there. */
export function RaiseHand({ classRoom, own }: { readonly classRoom: ClassRoom; readonly own: OwnSeat }) {
  const { room } = useClassWords();
  const [question, setQuestion] = useState<string>();
  const failure = useFailureText(classRoom);

  function set(up: boolean, text = ''): void {
    const said = text.trim() === '' ? { up } : { up, text: text.trim() };
    setQuestion(undefined);
    void classRoom.attempt(() => classRoom.client.ask('hand', said));
  }
  function ask(event: FormEvent): void {
    event.preventDefault();
    set(true, question);
  }
  if (own.place > 0) {
    return (
      <>
        <p role="status" className={styles.place}>
          {own.isTaken ? room.taken : room.place(own.place)}
        </p>
        <Button onClick={() => set(false)}>{room.lower}</Button>
      </>
    );
  }
  return (
    <>
      {failure === undefined ? null : <p role="alert">{failure}</p>}
      {question === undefined ? (
        <Button onClick={() => setQuestion('')}>{room.raise}</Button>
      ) : (
        <form className={styles.hand} onSubmit={ask}>
          <TextField label={room.question} maxLength={QUESTION_MAX} value={question} onChange={setQuestion} autoFocus />
          <Button type="submit" look="primary">
            {room.ask}
          </Button>
          <Button look="quiet" onClick={() => setQuestion(undefined)}>
            {room.cancel}
          </Button>
        </form>
      )}
    </>
  );
}
