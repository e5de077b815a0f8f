import { useState } from 'react';
import { useClassWords } from '../../../i18n/class-words.ts';
import { download } from '../../../platform/download.ts';
import type { ClassRoom } from '../../../store/classroom/class-room.ts';
import { progressColumns, progressCsv, SEPARATORS, type Separator } from '../../../store/classroom/progress-file.ts';
import { Button } from '../../../ui/Button.tsx';
import { Select } from '../../../ui/form/Select.tsx';
import type { LessonTitle } from './lesson-title.ts';

const FILE = 'socket-playground-progress.csv';

/** What all have done, as a table for a spreadsheet. */
export function ExportProgress({
  classRoom,
  lessons,
}: {
  readonly classRoom: ClassRoom;
  readonly lessons: readonly LessonTitle[];
}) {
  const { teach } = useClassWords();
  const words = teach.progress;
  const [separator, setSeparator] = useState<Separator>(',');
  async function save(): Promise<void> {
    const seats = await classRoom.client.exportSteps();
    const steps = lessons.flatMap(({ id, steps }) => steps.map((step) => ({ lesson: id, step: step.id })));
    const text = progressCsv(seats, progressColumns(steps, seats), words.words, separator);
    download(FILE, new Blob([text], { type: 'text/csv' }));
  }
  return (
    <>
      <Select
        label={words.separator}
        isCaptioned
        options={SEPARATORS.map((one) => ({ value: one, label: words.separators[one] }))}
        value={separator}
        onChange={setSeparator}
      />
      <Button onClick={() => void classRoom.attempt(save)}>{words.export}</Button>
    </>
  );
}
