import { type FormEvent, useState } from 'react';
import { type RoomPolicy, SEATS_MAX } from '../../../protocol/rooms/records.ts';
import { useClassWords } from '../../i18n/class-words.ts';
import { Button } from '../../ui/Button.tsx';
import { CheckBox } from '../../ui/form/CheckBox.tsx';
import { RadioGroup } from '../../ui/form/RadioGroup.tsx';
import { TextField } from '../../ui/form/TextField.tsx';
import styles from './learner/Classroom.module.css';

type CreateRoomProps = { readonly onCreate: (name: string, policy: RoomPolicy) => void };
type Names = RoomPolicy['names'];
type Entry = RoomPolicy['entry'];
const NAMES: readonly Names[] = ['free', 'generated', 'roster'];
const ENTRIES: readonly Entry[] = ['open', 'approve', 'locked'];
const SEATS = 60;

/** A room with one press; what it is like can be chosen before. */
export function CreateRoom({ onCreate }: CreateRoomProps) {
  const { teach } = useClassWords();
  const { create } = teach;
  const [name, setName] = useState(create.nameFirst);
  const [names, setNames] = useState<Names>('free');
  const [entry, setEntry] = useState<Entry>('open');
  const [seats, setSeats] = useState(String(SEATS));
  const [watch, setWatch] = useState(true);
  const [isAsking, setAsking] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const most = Math.min(SEATS_MAX, Math.max(1, Math.floor(Number(seats)) || SEATS));
    const spotlight = isAsking ? 'ask' : 'anonymous';
    onCreate(name.trim() || create.nameFirst, { names, entry, seats: most, watch, spotlight });
  }
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <h2>{create.title}</h2>
      <TextField label={create.name} maxLength={64} autoComplete="off" value={name} onChange={setName} />
      <RadioGroup
        label={create.names}
        caption={create.names}
        options={NAMES.map((value) => ({ value, label: create.namesOptions[value] }))}
        value={names}
        onChange={setNames}
      />
      <RadioGroup
        label={create.entry}
        caption={create.entry}
        options={ENTRIES.map((value) => ({ value, label: create.entryOptions[value] }))}
        value={entry}
        onChange={setEntry}
      />
      <TextField label={create.seats} isMono inputMode="numeric" value={seats} onChange={setSeats} />
      <CheckBox label={create.watch} isChecked={watch} onChange={setWatch} />
      <CheckBox label={create.ask} isChecked={isAsking} onChange={setAsking} />
      <p className={styles.note}>{create.privacy}</p>
      <Button type="submit" look="primary">
        {create.create}
      </Button>
    </form>
  );
}
