import { type DragEvent, useState } from 'react';
import { DECODERS, type DecoderName } from '../../../trace/decode/message.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useT } from '../../i18n/t.ts';
import { useToolWords } from '../../i18n/tool-words.ts';
import { deferred } from '../../platform/deferred.tsx';
import { useStored } from '../../platform/stored.ts';
import { liveOf } from '../../store/live-socket.ts';
import type { Playground } from '../../store/playground.ts';
import { RadioGroup } from '../../ui/form/RadioGroup.tsx';
import { Select } from '../../ui/form/Select.tsx';
import { CopyBar } from './CopyBar.tsx';
import type { CopyScope } from './copy-stream.ts';
import { RawFiles, useSendFile } from './RawFiles.tsx';
import { StreamLinesView } from './StreamLinesView.tsx';
import styles from './StreamView.module.css';

const DecodedView = deferred(async () => (await import('./DecodedView.tsx')).DecodedView);

type StreamViewProps = {
  readonly record: SocketTrace;
  readonly playground: Playground;
  /** Index into the record's log: its bytes are marked. */
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
};
type Shown = 'text' | 'hex' | 'messages';

/** The whole conversation: as text or hex, or as the messages of a protocol above TCP. */
export function StreamView({ record, selected, onSelect }: StreamViewProps) {
  const t = useT();
  const words = useToolWords();
  const [chosen, setShown] = useStored('tab', 'stream.show', parseShown);
  const [decoder, setDecoder] = useStored('tab', 'stream.decode', parseDecoder);
  const [scope, setScope] = useState<CopyScope>('both');
  const file = useSendFile(record);
  // Datagrams are messages already.
  const shownAs: readonly Shown[] = record.kind === 'udp' ? ['text', 'hex'] : ['text', 'hex', 'messages'];
  const shown = shownAs.includes(chosen) ? chosen : 'text';

  function onDrop(event: DragEvent): void {
    const [dropped] = event.dataTransfer.files;
    if (!dropped || !liveOf(record)) return;
    event.preventDefault();
    void file.send(dropped);
  }
  return (
    <section
      aria-label={t.stream.label}
      className={styles.stream}
      onDragOver={(event) => event.dataTransfer.types.includes('Files') && event.preventDefault()}
      onDrop={onDrop}
    >
      <div className={styles.bar}>
        <RadioGroup
          label={t.stream.showAs}
          options={shownAs.map((value) => ({
            value,
            label: value === 'messages' ? words.decode.messages : t.stream.formats[value],
          }))}
          value={shown}
          onChange={setShown}
        />
        {shown === 'messages' ? (
          <Select
            label={words.decode.label}
            isCaptioned
            options={DECODERS.map((one) => ({ value: one, label: words.decode.as[one] }))}
            value={decoder}
            onChange={setDecoder}
          />
        ) : null}
        <div className={styles.copy}>
          <CopyBar record={record} scope={scope} onScope={setScope} />
          <RawFiles record={record} scope={scope} file={file} />
        </div>
      </div>
      {shown === 'messages' ? (
        <DecodedView record={record} decoder={decoder} selected={selected} onSelect={onSelect} />
      ) : (
        <StreamLinesView record={record} kind={shown} selected={selected} />
      )}
    </section>
  );
}

function parseShown(stored: unknown): Shown {
  return stored === 'hex' || stored === 'messages' ? stored : 'text';
}
function parseDecoder(stored: unknown): DecoderName {
  return DECODERS.find((one) => one === stored) ?? 'lines';
}
