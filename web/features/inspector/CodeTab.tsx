import { useCallback, useMemo, useState } from 'react';
import { PlaygroundError } from '../../../protocol/errors.ts';
import { type Conversation, toConversation } from '../../../trace/export/conversation.ts';
import { cProgram } from '../../../trace/export/programs/c.ts';
import { netcatProgram } from '../../../trace/export/programs/netcat.ts';
import { nodeProgram } from '../../../trace/export/programs/node.ts';
import { pythonProgram } from '../../../trace/export/programs/python.ts';
import { recordedSocket } from '../../../trace/recorded.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { formatByteCount } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import { copyText } from '../../platform/copy-text.ts';
import { Button } from '../../ui/Button.tsx';
import { RadioGroup } from '../../ui/form/RadioGroup.tsx';
import toolbar from '../../ui/Toolbar.module.css';
import { useFrame } from '../../ui/use-frame.ts';
import styles from './CodeTab.module.css';
import shared from './Inspector.module.css';

const WRITERS: Readonly<Record<Language, (conversation: Conversation) => string>> = {
  python: pythonProgram,
  node: nodeProgram,
  netcat: netcatProgram,
  c: cProgram,
};
const LANGUAGES = ['python', 'node', 'netcat', 'c'] as const;
type Language = (typeof LANGUAGES)[number];

/** A program that says more than this is a file's matter. */
const MOST_BYTES = 262_144;
/** A log that is longer is written out when asked for, not with each event. */
const LIVE_EVENTS = 2_000;

/** The same conversation as a program, in four languages. */
export function CodeTab({ record }: { readonly record: SocketTrace }) {
  const t = useT();
  const [language, setLanguage] = useState<Language>('python');
  const [outcome, setOutcome] = useState('');
  const length = useLength(record);
  const [writtenAt, setWrittenAt] = useState(length);
  const shown = length <= LIVE_EVENTS ? length : writtenAt;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the record is the same object while its log grows
  const written = useMemo(() => write(record, language), [record, language, shown]);

  if (written.kind === 'too much') {
    return <p className={shared.nothing}>{t.inspector.code.tooMuch(formatByteCount(written.bytes))}</p>;
  }
  if (written.kind === 'impossible') return <p className={shared.nothing}>{t.inspector.code.impossible}</p>;
  async function copy(text: string): Promise<void> {
    setOutcome((await copyText(text)) ? t.inspector.code.copied : t.inspector.code.copyFailed);
  }
  return (
    <div className={toolbar.below}>
      <div className={`${toolbar.bar} ${styles.bar}`}>
        <RadioGroup
          label={t.inspector.code.language}
          options={LANGUAGES.map((value) => ({ value, label: t.inspector.code.languages[value] }))}
          value={language}
          onChange={setLanguage}
        />
        {shown !== length && <Button onClick={() => setWrittenAt(length)}>{t.inspector.code.again}</Button>}
        <Button onClick={() => void copy(written.text)}>{t.inspector.code.copy}</Button>
        <span role="status">{outcome}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it has to be reachable by keyboard */}
      <section className={styles.program} tabIndex={0} aria-label={t.inspector.code.program}>
        <pre>
          <code>{written.text}</code>
        </pre>
      </section>
    </div>
  );
}

type Written =
  | { readonly kind: 'program'; readonly text: string }
  | { readonly kind: 'too much'; readonly bytes: number }
  | { readonly kind: 'impossible' };

function write(record: SocketTrace, language: Language): Written {
  const bytes = record.sent.length + record.received.length;
  if (bytes > MOST_BYTES) return { kind: 'too much', bytes };
  try {
    return { kind: 'program', text: WRITERS[language](toConversation(recordedSocket(record))) };
  } catch (error) {
    if (error instanceof PlaygroundError && error.code === 'UNSUPPORTED') return { kind: 'impossible' };
    throw error;
  }
}

function useLength(record: SocketTrace): number {
  const { log } = record;
  const read = useCallback(() => ({ version: log.length(), isBehind: false }), [log]);
  return useFrame(log, read);
}
