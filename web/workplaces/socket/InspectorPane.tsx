import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useT } from '../../i18n/t.ts';
import { deferred } from '../../platform/deferred.tsx';
import type { Playground } from '../../store/playground.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './InspectorPane.module.css';

const Inspector = deferred(async () => (await import('../../features/inspector/Inspector.tsx')).Inspector);

type InspectorPaneProps = {
  readonly playground: Playground;
  readonly record: SocketTrace | undefined;
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
  /** A drawer lies over what stands beside it, while it is open. */
  readonly isDrawer: boolean;
  readonly isOpen: boolean;
  readonly onClose: () => void;
};

/** The inspector, beside the view where there is room; else a drawer. */
export function InspectorPane({ isDrawer, isOpen, onClose, record, ...of }: InspectorPaneProps) {
  const t = useT();
  const pane = useRef<HTMLDivElement>(null);
  const isOver = isDrawer && isOpen;
  useEffect(() => {
    if (!isOver) return;
    const opener = document.activeElement;
    pane.current?.focus();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, [isOver]);
  function onKeyDown(event: KeyboardEvent): void {
    if (isOver && event.key === 'Escape') onClose();
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape only closes what lies over the view; there is a button for it too.
    <div
      id="inspector"
      ref={pane}
      tabIndex={-1}
      className={isDrawer ? `${styles.inspector} ${styles.drawer}` : styles.inspector}
      data-open={isOver || undefined}
      onKeyDown={onKeyDown}
    >
      {isDrawer ? (
        <Button className={styles.hide} onClick={onClose}>
          {t.app.play.hideInspector}
        </Button>
      ) : null}
      {record ? (
        <Inspector key={`${record.id} ${record.log.dropped}`} record={record} {...of} />
      ) : (
        <section aria-label={t.inspector.label} className={styles.nothing}>
          {t.app.play.inspectorHint}
        </section>
      )}
    </div>
  );
}
