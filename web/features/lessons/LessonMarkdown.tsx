import { type ReactNode, useMemo, useState } from 'react';
import { type Block, type Inline, parseMarkdown } from '../../../lesson/pack/markdown.ts';
import { useT } from '../../i18n/t.ts';
import { wordAt } from '../../i18n/word-at.ts';
import { copyText } from '../../platform/copy-text.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './Lesson.module.css';

type LessonMarkdownProps = {
  readonly text: string;
  /** Where a lesson stands, for links to it. */
  readonly hrefOf: (lesson: string) => string;
};

/** A lesson's text. It is drawn element by element: nothing in it is ever HTML. */
export function LessonMarkdown({ text, hrefOf }: LessonMarkdownProps) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return <Blocks blocks={blocks} hrefOf={hrefOf} />;
}

/** One line of it, within another element. */
export function LessonLine({ text, hrefOf }: LessonMarkdownProps) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return blocks.map((block, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: a text never changes its order
    block.kind === 'paragraph' ? <Inlines key={index} parts={block.parts} hrefOf={hrefOf} /> : null,
  );
}

function Blocks({
  blocks,
  hrefOf,
}: {
  readonly blocks: readonly Block[];
  readonly hrefOf: LessonMarkdownProps['hrefOf'];
}) {
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text never changes its order
    <BlockOf key={index} block={block} hrefOf={hrefOf} />
  ));
}
function BlockOf({ block, hrefOf }: { readonly block: Block; readonly hrefOf: LessonMarkdownProps['hrefOf'] }) {
  if (block.kind === 'paragraph') {
    return (
      <p>
        <Inlines parts={block.parts} hrefOf={hrefOf} />
      </p>
    );
  }
  if (block.kind === 'code') return <CodeBlock text={block.text} />;
  const items = block.items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text never changes its order
    <li key={index}>
      <Blocks blocks={item} hrefOf={hrefOf} />
    </li>
  ));
  return block.isOrdered ? <ol className={styles.list}>{items}</ol> : <ul className={styles.list}>{items}</ul>;
}

/** A program to read, and to take into an editor. */
function CodeBlock({ text }: { readonly text: string }) {
  const t = useT();
  const [isCopied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    setCopied(await copyText(text));
  }
  return (
    <div className={styles.codeBlock}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it has to be reachable by keyboard. */}
      <pre className={styles.code} tabIndex={0}>
        {text}
      </pre>
      <Button look="quiet" onClick={() => void copy()}>
        {isCopied ? t.learn.copied : t.learn.copy}
      </Button>
    </div>
  );
}

type InlinesProps = { readonly parts: readonly Inline[]; readonly hrefOf: LessonMarkdownProps['hrefOf'] };
function Inlines({ parts, hrefOf }: InlinesProps) {
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a text never changes its order
    <InlineOf key={index} part={part} hrefOf={hrefOf} />
  ));
}
function InlineOf({ part, hrefOf }: { readonly part: Inline; readonly hrefOf: LessonMarkdownProps['hrefOf'] }) {
  const t = useT();
  if (part.kind === 'text') return part.text;
  if (part.kind === 'code') return <code>{part.text}</code>;
  if (part.kind === 'ui') return <b className={styles.ui}>{wordAt(t, part.key)}</b>;
  if (part.kind === 'break') return <br />;
  const inner = <Inlines parts={part.parts} hrefOf={hrefOf} />;
  if (part.kind === 'link') {
    return (
      <LinkOf to={part.to} hrefOf={hrefOf}>
        {inner}
      </LinkOf>
    );
  }
  return part.kind === 'emphasis' ? <em>{inner}</em> : <strong>{inner}</strong>;
}

type LinkOfProps = {
  readonly to: string;
  readonly hrefOf: (lesson: string) => string;
  readonly children: ReactNode;
};
function LinkOf({ to, hrefOf, children }: LinkOfProps) {
  const lesson = /^lesson:(.+)$/.exec(to)?.[1];
  if (lesson !== undefined) return <a href={hrefOf(lesson)}>{children}</a>;
  return (
    <a href={to} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}
