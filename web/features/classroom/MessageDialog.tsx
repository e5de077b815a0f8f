import { type FormEvent, useState } from 'react';
import { useClassWords } from '../../i18n/class-words.ts';
import type { ClassRoom } from '../../store/classroom/class-room.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/form/TextField.tsx';
import { LessonChoice } from './choices/LessonChoice.tsx';
import type { LessonTitle } from './choices/lesson-title.ts';
import styles from './Teach.module.css';
import { useFailureText } from './use-failure-text.ts';

/** To whom, and what stands there before anything is typed. */
export type MessageDraft = {
  readonly to: 'all' | readonly number[];
  readonly text: string;
  /** Empty: no link. */
  readonly lesson: string;
  /** Empty: the lesson as a whole. */
  readonly step: string;
};
type MessageDialogProps = {
  readonly classRoom: ClassRoom;
  readonly draft: MessageDraft;
  readonly lessons: readonly LessonTitle[];
  readonly onClose: () => void;
};

/** Words for all or for some seats, with a lesson to go to or bytes for the composer. */
export function MessageDialog({ classRoom, draft, lessons, onClose }: MessageDialogProps) {
  const { teach } = useClassWords();
  const words = teach.message;
  const [text, setText] = useState(draft.text);
  const [lesson, setLesson] = useState(draft.lesson);
  const [step, setStep] = useState(draft.step);
  const [bytes, setBytes] = useState('');
  const failure = useFailureText(classRoom);
  const steps = lessons.find(({ id }) => id === lesson)?.steps ?? [];

  function setLink(to: string): void {
    setLesson(to);
    setStep('');
  }
  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (text.trim() === '') return;
    const notice = {
      kind: 'message',
      text: text.trim(),
      ...(lesson !== '' && { link: { lesson, ...(step !== '' && { step }) } }),
      ...(bytes !== '' && { bytes }),
    } as const;
    const to = draft.to === 'all' ? draft.to : [...draft.to];
    if (await classRoom.attempt(() => classRoom.client.ask('notice', { to, notice }))) onClose();
  }
  return (
    <Dialog
      title={draft.to === 'all' ? words.toAll : words.toSome(draft.to.length)}
      done={words.cancel}
      isSecond
      onClose={onClose}
    >
      <form className={styles.form} onSubmit={(event) => void send(event)}>
        <TextField label={words.text} maxLength={500} autoComplete="off" value={text} onChange={setText} autoFocus />
        <LessonChoice label={words.lesson} none={words.noLink} lessons={lessons} value={lesson} onChange={setLink} />
        {lesson === '' ? null : (
          <LessonChoice label={words.step} none={words.noStep} lessons={steps} value={step} onChange={setStep} />
        )}
        <TextField label={words.bytes} isMono maxLength={1_024} autoComplete="off" value={bytes} onChange={setBytes} />
        {failure === undefined ? null : <p role="alert">{failure}</p>}
        <Button type="submit" look="primary">
          {words.send}
        </Button>
      </form>
    </Dialog>
  );
}
