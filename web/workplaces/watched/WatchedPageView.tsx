import { type ReactNode, use, useMemo, useState } from 'react';
import { useClassWords } from '../../i18n/class-words.ts';
import { MessagesContext, useT } from '../../i18n/t.ts';
import type { WatchedPage } from '../../store/classroom/watched-page.ts';
import type { Playground } from '../../store/playground.ts';
import { Select } from '../../ui/form/Select.tsx';
import { useLive } from '../../ui/use-live.ts';
import { SocketView } from '../socket/SocketView.tsx';
import { SOCKET_VIEWS, type SocketViewName } from '../socket/views.ts';
import { endsText } from './ends-text.ts';
import styles from './WatchedPageView.module.css';
import { WatchedPrograms } from './WatchedPrograms.tsx';

type WatchedPageViewProps = {
  readonly page: WatchedPage;
  readonly playground: Playground;
  readonly part: 'sockets' | 'programs' | 'all';
};

/** The views say "your client" of what is one's own. Nothing here is. */
function OfSomebodyElse({ children }: { readonly children: ReactNode }) {
  const shown = use(MessagesContext);
  const { ends } = useClassWords().teach.seat.live;
  const value = useMemo(() => shown && { ...shown, messages: { ...shown.messages, ends } }, [shown, ends]);
  return <MessagesContext value={value}>{children}</MessagesContext>;
}

/** Somebody else's page: its sockets in the views of one's own, and its programs. It can be looked at, and nothing else. */
export function WatchedPageView(props: WatchedPageViewProps) {
  const { live } = useClassWords().teach.seat;
  const { page, part } = props;
  useLive(page);
  if (part === 'programs' && page.programs.length === 0) return <p>{page.isBegun ? live.noProgram : live.waiting}</p>;
  return (
    <OfSomebodyElse>
      {part === 'programs' ? null : <WatchedSockets {...props} />}
      {part === 'sockets' ? null : <WatchedPrograms programs={page.programs} />}
    </OfSomebodyElse>
  );
}

function WatchedSockets({ page, playground }: WatchedPageViewProps) {
  const t = useT();
  const { live } = useClassWords().teach.seat;
  const [chosen, setChosen] = useState<number>();
  const [view, setView] = useState<SocketViewName>('ladder');
  const [selected, setSelected] = useState<number>();
  const { sockets } = page;
  // The newest, until another one is chosen.
  const record = sockets.find(({ id }) => id === chosen) ?? sockets.at(-1);
  if (!page.isBegun) return <p>{live.waiting}</p>;
  if (!record) return <p>{live.none}</p>;
  return (
    <div className={styles.watched}>
      <div className={styles.choices}>
        <Select
          label={live.socket}
          isCaptioned
          options={sockets.map((socket) => ({ value: String(socket.id), label: endsText(t, socket) }))}
          value={String(record.id)}
          onChange={(id) => setChosen(Number(id))}
        />
        <Select
          label={t.session.view}
          isCaptioned
          options={SOCKET_VIEWS.map((one) => ({ value: one, label: t.session.views[one] }))}
          value={view}
          onChange={setView}
        />
      </div>
      <div className={styles.view}>
        <SocketView
          key={record.id}
          view={view}
          record={record}
          playground={playground}
          among={sockets}
          selected={selected}
          onSelect={setSelected}
        />
      </div>
    </div>
  );
}
