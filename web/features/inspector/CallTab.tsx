import { Fragment, useState } from 'react';
import type { TraceEvent } from '../../../trace/event.ts';
import { eventBytes } from '../../../trace/event-bytes.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { callText, formatCall } from '../../../trace/text/call-text.ts';
import { LINE_BYTES, pythonLine } from '../../../trace/text/python-line.ts';
import { Chapter, useChapter } from '../../i18n/chapter.ts';
import type { CallCards } from '../../i18n/en/call-cards.ts';
import { useT } from '../../i18n/t.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './CallTab.module.css';
import { cardOf, counterpartOf, statesOf } from './call-card.ts';
import shared from './Inspector.module.css';

const CALL_CARDS = new Chapter<CallCards>({
  en: async () => (await import('../../i18n/en/call-cards.ts')).callCards,
  'zh-CN': async () => (await import('../../i18n/zh-CN/call-cards.ts')).callCards,
});

type CallTabProps = {
  readonly record: SocketTrace;
  readonly index: number;
  readonly event: TraceEvent;
  readonly onSelect: (index: number) => void;
};

/** What a call does, and what it did here: states, kernel, the other end, what it may raise, its line of Python. */
export function CallTab({ record, index, event, onSelect }: CallTabProps) {
  const t = useT();
  const words = useChapter(CALL_CARDS);
  const card = words.cards[cardOf(event, record.kind)];
  const counterpart = counterpartOf(record.log, index);
  const other = counterpart === undefined ? undefined : record.log.at(counterpart);
  const failure = event.error && t.errors[event.error];
  const hasErrno = card.raises.some(({ raises }) => raises.includes('[Errno '));
  const bytes = eventBytes(record, event, LINE_BYTES);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it has to be reachable by keyboard
    <section className={styles.card} tabIndex={0} aria-label={t.inspector.tab.call}>
      <p>
        <strong>{card.lead}</strong> {card.does}
      </p>
      {failure ? (
        <p className={styles.failed}>
          <strong>
            {words.facts.failed}: {event.error}
          </strong>{' '}
          {failure.what} {failure.tryThis}
        </p>
      ) : null}
      <dl className={styles.facts}>
        <States record={record} index={index} words={words} />
        <dt>{words.facts.kernel}</dt>
        <dd>{card.kernel}</dd>
        <dt>{words.facts.other}</dt>
        <dd>
          {card.other}
          {other && counterpart !== undefined ? (
            <Button look="quiet" className={styles.link} onClick={() => onSelect(counterpart)}>
              <span className={styles.linkHint}>{words.counterpart}: </span>
              <code>{formatCall(callText(other))}</code>
            </Button>
          ) : null}
        </dd>
        <dt>{words.facts.raises}</dt>
        <dd>
          {card.raises.length === 0
            ? words.nothingRaised
            : card.raises.map(({ raises, when }) => (
                <p key={raises}>
                  <code>{raises}</code> {when}
                </p>
              ))}
          {hasErrno ? <small>{t.session.numbers}</small> : null}
        </dd>
      </dl>
      <pre className={styles.python}>{pythonLine(event, record.kind, bytes)}</pre>
      <p className={shared.why}>{card.aside}</p>
      {card.terms.length > 0 ? <Terms words={words} terms={card.terms} /> : null}
    </section>
  );
}

type StatesProps = { readonly record: SocketTrace; readonly index: number; readonly words: CallCards };

function States({ record, index, words }: StatesProps) {
  const states = statesOf(record.log, index, record.kind);
  if (states === undefined || states.length === 0) return null;
  const isStill = states.length === 1;
  return (
    <>
      <dt>{words.facts.states}</dt>
      <dd>
        {states.map(({ state, isObserved }, nth) => (
          // A state may be passed twice: CLOSED is the first and the last.
          // biome-ignore lint/suspicious/noArrayIndexKey: the states of a call do not change their places
          <Fragment key={nth}>
            {nth > 0 ? ' → ' : ''}
            {nth === states.length - 1 ? <b>{state}</b> : state}{' '}
            <small>
              {isStill && record.log.at(index)?.call !== 'accept'
                ? words.stays
                : isObserved
                  ? words.observed
                  : words.inferred}
            </small>
          </Fragment>
        ))}
      </dd>
    </>
  );
}

type TermId = keyof CallCards['glossary'];

/** Each term of the card, its meaning one press away. */
function Terms({ words, terms }: { readonly words: CallCards; readonly terms: readonly TermId[] }) {
  const [open, setOpen] = useState<TermId>();
  const shown = open !== undefined && terms.includes(open) ? open : undefined;
  return (
    <section aria-label={words.terms} className={styles.terms}>
      {terms.map((term) => (
        <Button
          key={term}
          className={styles.term}
          aria-expanded={term === shown}
          onClick={() => setOpen(term === shown ? undefined : term)}
        >
          {words.glossary[term].name}
        </Button>
      ))}
      {shown ? (
        <p className={styles.meaning}>
          <b>{words.glossary[shown].name}</b> {words.glossary[shown].text}
        </p>
      ) : null}
    </section>
  );
}
