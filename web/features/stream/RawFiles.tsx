import { useState } from 'react';
import { PlaygroundError, type SocketErrorCode } from '../../../protocol/errors.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useT } from '../../i18n/t.ts';
import { useToolWords } from '../../i18n/tool-words.ts';
import { download } from '../../platform/download.ts';
import { liveOf } from '../../store/live-socket.ts';
import { Button } from '../../ui/Button.tsx';
import { FileButton } from '../../ui/form/FileButton.tsx';
import { type CopyScope, rawBytes } from './copy-stream.ts';
import styles from './StreamView.module.css';

/** All of a file is kept beside the socket until it is sent, and afterwards in its log. */
const FILE_BYTES_MAX = 64 * 1_048_576;

type Outcome =
  | { readonly kind: 'sent' | 'tooLong' | 'empty'; readonly name: string; readonly size: number }
  | { readonly kind: 'refused'; readonly code: SocketErrorCode };
export type SendFile = { readonly send: (file: File) => Promise<void>; readonly outcome: Outcome | undefined };

/** Gives a file's bytes to one send() of the socket. */
export function useSendFile(record: SocketTrace): SendFile {
  const [outcome, setOutcome] = useState<Outcome>();
  async function send(file: File): Promise<void> {
    const { name, size } = file;
    if (size > FILE_BYTES_MAX) return setOutcome({ kind: 'tooLong', name, size });
    if (size === 0 && record.kind !== 'udp') return setOutcome({ kind: 'empty', name, size });
    const bytes = new Uint8Array(await file.arrayBuffer());
    try {
      const live = liveOf(record);
      if (!live) throw new PlaygroundError('SOCKET_CLOSED', 'the socket is of a recording');
      live.send(bytes);
      setOutcome({ kind: 'sent', name, size });
    } catch (error) {
      setOutcome({ kind: 'refused', code: PlaygroundError.from(error).code });
    }
  }
  return { send, outcome };
}

type RawFilesProps = { readonly record: SocketTrace; readonly scope: CopyScope; readonly file: SendFile };

/** Bytes as they are, into a file and out of one. */
export function RawFiles({ record, scope, file: { send, outcome } }: RawFilesProps) {
  const t = useT();
  const { file } = useToolWords();
  function save(): void {
    const name = `${record.local?.port ?? record.id}-${scope}.bin`;
    download(name, new Blob(rawBytes(record, scope), { type: 'application/octet-stream' }));
  }
  return (
    <>
      <Button title={file.saveHint} onClick={save}>
        {file.save}
      </Button>
      {liveOf(record) && record.kind !== 'listen' ? (
        <span title={file.sendHint}>
          <FileButton label={file.send} accept="*/*" onFile={(chosen) => void send(chosen)} />
        </span>
      ) : null}
      {outcome ? (
        <span aria-live="polite" className={styles.outcome}>
          {outcome.kind === 'refused'
            ? `${outcome.code}: ${t.errors[outcome.code].what}`
            : outcome.kind === 'sent'
              ? file.sent(outcome.name, outcome.size)
              : outcome.kind === 'empty'
                ? file.empty(outcome.name)
                : file.tooLong(outcome.name, FILE_BYTES_MAX)}
        </span>
      ) : null}
    </>
  );
}
