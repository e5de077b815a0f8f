import {
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { PlaygroundError, type SocketErrorCode } from '../../../protocol/errors.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { Typed } from '../../i18n/typed-error.ts';
import { useStored } from '../../platform/stored.ts';
import { COMPOSER_OFFER, ComposerOffer } from '../../store/composer-offer.ts';
import { liveOf } from '../../store/live-socket.ts';
import { usePageStates } from '../../ui/page/page-states.ts';
import { type Draft, EMPTY_DRAFT, encodeDraft, parseStoredDraft, readAs, type SendAs } from './draft.ts';
import { addToHistory, parseStoredHistory, recall } from './history.ts';
import { editedText, type Paste } from './line-breaks.ts';
import type { LinkOrigin } from './MessageNotes.tsx';
import { messageFromQuery } from './message-link.ts';

/** Why nothing was sent. */
export type ComposerProblem =
  | { readonly kind: 'error'; readonly code: SocketErrorCode; readonly typed: Typed }
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-connected' }
  | { readonly kind: 'listener' };

/** The draft, its history, and sending it: what is typed leaves the box only once the socket has taken it. */
export function useComposer(record: SocketTrace | undefined, boxRef: Ref<{ focus(): void }>) {
  const { search } = window.location;
  const linked = messageFromQuery(search);
  const link = linked === 'too-long' ? undefined : linked;
  // Kept per link, as the target is: a reload keeps what was typed, and another link is followed.
  const [draft, setDraft] = useStored('tab', `composer.draft${link ? search : ''}`, (stored) =>
    stored === undefined ? (link ?? EMPTY_DRAFT) : parseStoredDraft(stored),
  );
  const [history, setHistory] = useStored('tab', 'composer.history', parseStoredHistory);
  const [at, setAt] = useState(history.length);
  const [trouble, setTrouble] = useState<{
    readonly problem: ComposerProblem;
    readonly record: SocketTrace | undefined;
  }>();
  const box = useRef<HTMLTextAreaElement>(null);
  const paste = useRef<Paste>(undefined);
  const converted = useRef<{ readonly from: Draft; readonly to: string }>(undefined);
  useImperativeHandle(boxRef, () => ({ focus: () => box.current?.focus() }), []);

  // The message belongs to the socket that it was about.
  const problem = trouble?.record === record ? trouble?.problem : undefined;
  const setProblem = (next: ComposerProblem | undefined) => setTrouble(next && { problem: next, record });

  function change(part: Partial<Draft>): void {
    setProblem(undefined);
    setDraft({ ...draft, ...part });
  }
  const offer = usePageStates().of(COMPOSER_OFFER, () => new ComposerOffer());
  const takeOffer = useEffectEvent(() => {
    const offered = offer.take();
    if (offered === undefined) return;
    const { text, isExact } = offered;
    // What was being typed can be had again by the arrow up.
    const next = addToHistory(history, draft);
    setHistory(next);
    setAt(next.length);
    change({
      text,
      sendAs: text.includes('\\') ? 'escapes' : 'text',
      ...(isExact ? { lineEnding: 'none' as const } : {}),
    });
    box.current?.focus();
  });
  useEffect(() => {
    takeOffer();
    return offer.subscribe(() => takeOffer());
  }, [offer]);
  /** Reads the box in another way. What became hex is as it was typed again where it is read as before. */
  function readBoxAs(sendAs: SendAs): void {
    const { from, to } = converted.current ?? {};
    if (from !== undefined && to === draft.text && from.sendAs === sendAs) {
      change({ sendAs, text: from.text });
      return;
    }
    const next = readAs(draft, sendAs);
    if (next.text !== draft.text) converted.current = { from: draft, to: next.text };
    change({ sendAs, text: next.text });
  }
  /** The box shows another text. Its line breaks are LF whatever was pasted: the clipboard's are in `paste`. */
  function edit(shown: string): void {
    const pasted = paste.current;
    const text = editedText(draft.text, shown, pasted);
    paste.current = undefined;
    change({ text });
    if (pasted && draft.sendAs === 'hex') void tidyHex(text, pasted.text);
  }
  function onPaste({ clipboardData, currentTarget }: ClipboardEvent<HTMLTextAreaElement>): void {
    const { selectionStart: start, selectionEnd: end } = currentTarget;
    paste.current = { start, end, text: clipboardData.getData('text/plain') };
  }
  const replace = useEffectEvent((before: string, text: string) => {
    if (draft.text === before) change({ text });
  });
  /** A dump, an array of a program and their kin become plain pairs, once what reads them is there. */
  async function tidyHex(text: string, pasted: string): Promise<void> {
    const { pastedHex } = await import('../../../trace/bytes/pasted-hex.ts');
    const plain = pastedHex(pasted);
    if (plain !== undefined)
      replace(
        text,
        text.replace(pasted, () => plain),
      );
  }
  /** The draft as bytes; where it is not, says so and points at the place. */
  function encode(): Uint8Array<ArrayBuffer> | undefined {
    try {
      return encodeDraft(draft);
    } catch (error) {
      const { code, position } = PlaygroundError.from(error);
      setProblem({ kind: 'error', code, typed: { text: draft.text, position } });
      box.current?.focus();
      if (position !== undefined) box.current?.setSelectionRange(position, position + 1);
      return undefined;
    }
  }
  function clear(): void {
    const next = addToHistory(history, draft);
    setHistory(next);
    setAt(next.length);
    setProblem(undefined);
    setDraft({ ...draft, text: '' });
    box.current?.focus();
  }
  function send(): void {
    const bytes = encode();
    if (bytes === undefined) return;
    if (record === undefined) setProblem({ kind: 'not-connected' });
    else if (record.kind === 'listen') setProblem({ kind: 'listener' });
    else if (bytes.length === 0 && record.kind !== 'udp') setProblem({ kind: 'empty' });
    else {
      try {
        const live = liveOf(record);
        if (!live) throw new PlaygroundError('SOCKET_CLOSED', 'the socket is of a recording');
        live.send(bytes);
        clear();
      } catch (error) {
        const isClosed = record.isOver && record.failure === undefined;
        setProblem({ kind: 'error', code: PlaygroundError.from(error).code, typed: { text: draft.text, isClosed } });
      }
    }
  }
  /** Hands the bytes to whoever opens a connection for them. */
  function sendBy(dial: (bytes: Uint8Array) => void): void {
    const bytes = encode();
    if (bytes === undefined) return;
    dial(bytes);
    clear();
  }
  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    // Enter also ends the composition of an input method: then it is not ours.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const next = recall(history, at, draft.text, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
    change({ checksum: 'none', ...(history[next] ?? { ...draft, text: '' }) });
  }
  const origin: LinkOrigin | undefined =
    linked === 'too-long' ? linked : link && link.text !== '' && link.text === draft.text ? 'linked' : undefined;
  return { draft, origin, problem, box, change, readBoxAs, edit, onPaste, send, sendBy, onKeyDown };
}
