import { type FormEvent, useEffect, useRef, useState } from 'react';
import { parseCode } from '../../../../protocol/rooms/code.ts';
import { useClassWords } from '../../../i18n/class-words.ts';
import type { ClassRoom } from '../../../store/classroom/class-room.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextField } from '../../../ui/form/TextField.tsx';
import { useFailureText } from '../use-failure-text.ts';
import styles from './Classroom.module.css';

type JoinRoomDialogProps = {
  readonly classRoom: ClassRoom;
  /** Of the link that was followed. */
  readonly code: string;
  readonly onClose: () => void;
};

/** Comes into a room by its code. Why it was refused stands there, and what was typed stays. */
export function JoinRoomDialog({ classRoom, code: first, onClose }: JoinRoomDialogProps) {
  const { room } = useClassWords();
  const [code, setCode] = useState(first);
  const [name, setName] = useState('');
  const [pin, setPin] = useState('');
  const [isBusy, setBusy] = useState(false);
  const failure = useFailureText(classRoom);
  const nameField = useRef<HTMLInputElement>(null);
  // Once the dialog is open: of a link the code stands there already.
  useEffect(() => {
    if (first !== '') nameField.current?.focus();
  }, [first]);

  async function join(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    const isIn = await classRoom.attempt(async () => {
      const typed = { code: parseCode(code), ...(name.trim() && { name }), ...(pin && { pin }) };
      await classRoom.client.join(typed);
    });
    setBusy(false);
    if (isIn) onClose();
  }
  return (
    <Dialog title={room.join} done={room.cancel} isSecond onClose={onClose}>
      <form className={styles.form} onSubmit={(event) => void join(event)} noValidate>
        <TextField
          label={room.code}
          title={room.codeHint}
          isMono
          autoComplete="off"
          autoCapitalize="characters"
          value={code}
          onChange={setCode}
        />
        <TextField
          label={room.name}
          title={room.nameHint}
          autoComplete="nickname"
          value={name}
          onChange={setName}
          ref={nameField}
        />
        <p className={styles.note}>{room.nameHint}</p>
        <TextField label={room.pin} title={room.pinHint} autoComplete="off" value={pin} onChange={setPin} />
        <p className={styles.note}>{room.pinHint}</p>
        {failure === undefined ? null : (
          <p role="alert" className={styles.failure}>
            {failure}
          </p>
        )}
        <p className={styles.note}>{room.about}</p>
        <Button type="submit" look="primary" isDisabled={isBusy}>
          {room.enter}
        </Button>
      </form>
    </Dialog>
  );
}
