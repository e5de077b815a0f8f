import { useMemo, useState } from 'react';
import type { DecoderName } from '../../../trace/decode/message.ts';
import { DECODED_MAX, type Message, Messages } from '../../../trace/decode/messages.ts';
import { RULES } from '../../../trace/decode/rules.ts';
import type { Direction } from '../../../trace/event.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { previewText } from '../../../trace/text/preview.ts';
import { useToolWords } from '../../i18n/tool-words.ts';
import { Grid } from '../../ui/lists/Grid.tsx';
import { useGrowing } from '../../ui/use-growing.ts';
import styles from './DecodedView.module.css';

type DecodedViewProps = {
  readonly record: SocketTrace;
  readonly decoder: DecoderName;
  /** Index into the record's log: the message whose last byte that call moved is marked. */
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
};

const DIRECTIONS: readonly Direction[] = ['sent', 'received'];
const PREVIEW_BYTES = 200;
const DETAIL_BYTES = 4_096;
const grow = (messages: Messages, isLate: () => boolean): boolean => messages.update(isLate);

/** The conversation as messages of a protocol above TCP, each with the calls that it took. */
export function DecodedView({ record, decoder, selected, onSelect }: DecodedViewProps) {
  const { decode } = useToolWords();
  const messages = useMemo(() => new Messages(record, RULES[decoder]), [record, decoder]);
  useGrowing(record.log, messages, grow);
  const [chosen, setChosen] = useState<number>();
  // Several messages may end in one call: the one that was pressed stays.
  const row = chosen !== undefined && messages.at(chosen)?.index === selected ? chosen : undefined;
  const shown = row === undefined ? undefined : messages.at(row);

  const columns = [
    { key: 'who', head: decode.who, className: styles.who },
    { key: 'bytes', head: decode.bytes, className: styles.range },
    { key: 'length', head: decode.length, className: styles.number },
    { key: 'calls', head: decode.calls, className: styles.number },
    { key: 'message', head: decode.message, className: styles.message },
  ];
  function cells(index: number) {
    const { direction, start, end, calls } = messages.at(index);
    const isSent = direction === 'sent';
    return [
      <span key="who" className={styles[direction]}>
        <span aria-hidden="true">{isSent ? '▶ ' : '◀ '}</span>
        {decode[direction]}
      </span>,
      `${start}–${end - 1}`,
      end - start,
      `${calls} × ${isSent ? decode.sends : decode.reads}`,
      <Summary key="message" record={record} message={messages.at(index)} decoder={decoder} />,
    ];
  }
  return (
    <div className={styles.view}>
      <p className={styles.about}>{decode.about}</p>
      <Grid
        key={decoder}
        label={decode.messages}
        className={styles.table}
        columns={columns}
        rowCount={messages.count}
        rowHeightProperty="--row-height-compact"
        cells={cells}
        selected={row}
        onSelect={(index) => {
          setChosen(index);
          onSelect(index === undefined ? undefined : messages.at(index).index);
        }}
        newRows={decode.newMessages}
        empty={decode.none}
      />
      {shown ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it has to be reachable by keyboard
        <section className={styles.detail} tabIndex={0} aria-label={decode.detail}>
          {previewLines(record, shown)}
        </section>
      ) : null}
      {DIRECTIONS.map((direction) => {
        const tail = messages.tail(direction);
        return tail ? (
          <p key={direction} className={tail.state === 'partial' ? styles.tail : `${styles.tail} ${styles.wrong}`}>
            {decode[direction]}: {tail.state === 'broken' ? decode.broken : decode[tail.state](tail.bytes)}
          </p>
        ) : null;
      })}
      {messages.isCut ? <p className={styles.tail}>{decode.more(DECODED_MAX)}</p> : null}
    </div>
  );
}

type SummaryProps = { readonly record: SocketTrace; readonly message: Message; readonly decoder: DecoderName };

function Summary({ record, message: { direction, start, end, body }, decoder }: SummaryProps) {
  const { decode } = useToolWords();
  const stream = record[direction];
  if (decoder !== 'http') return previewText(stream.slice(body, Math.min(end - body, PREVIEW_BYTES)));
  const [first = ''] = previewText(stream.slice(start, PREVIEW_BYTES)).split('␍');
  return (
    <>
      {first} {end > body ? <small>{decode.body(end - body)}</small> : null}
    </>
  );
}

/** As text, its own lines kept. */
function previewLines(record: SocketTrace, { direction, start, end }: Message): string {
  const bytes = record[direction].slice(start, Math.min(end - start, DETAIL_BYTES));
  return previewText(bytes).replaceAll('␊', '␊\n') + (end - start > DETAIL_BYTES ? ' …' : '');
}
