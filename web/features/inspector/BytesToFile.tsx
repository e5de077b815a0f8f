import { decodeUtf8Lenient } from '../../../protocol/utf8.ts';
import { formatHexDump } from '../../../trace/bytes/format-hex-dump.ts';
import type { TraceEvent } from '../../../trace/event.ts';
import { eventBytes } from '../../../trace/event-bytes.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useToolWords } from '../../i18n/tool-words.ts';
import { download } from '../../platform/download.ts';
import { MenuButton } from '../../ui/MenuButton.tsx';
import { callFile } from './call-file.ts';

type BytesToFileProps = {
  readonly record: SocketTrace;
  /** It moved bytes. */
  readonly event: TraceEvent;
};

/** The bytes of one call, for a file: as they are, or as a person reads them. */
export function BytesToFile({ record, event }: BytesToFileProps) {
  const { file } = useToolWords();
  function save(extension: string, write: (bytes: Uint8Array) => BlobPart): () => void {
    return () => {
      const bytes = eventBytes(record, event, event.count);
      if (bytes) download(callFile(record, event, extension), new Blob([write(bytes)]));
    };
  }
  return (
    <MenuButton
      title={file.callHint}
      items={[
        { label: file.raw, hint: file.rawHint, onChoose: save('bin', (bytes) => new Uint8Array(bytes)) },
        { label: file.text, hint: file.textHint, onChoose: save('txt', decodeUtf8Lenient) },
        { label: file.hexDump, hint: file.hexDumpHint, onChoose: save('hex.txt', formatHexDump) },
      ]}
    >
      {file.call}
    </MenuButton>
  );
}
