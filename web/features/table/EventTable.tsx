import { useMemo, useState } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { socketLabel } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import { useToolWords } from '../../i18n/tool-words.ts';
import { useStored } from '../../platform/stored.ts';
import type { Playground } from '../../store/playground.ts';
import { Button } from '../../ui/Button.tsx';
import { Meanings } from '../../ui/form/Meanings.tsx';
import { Select } from '../../ui/form/Select.tsx';
import toolbar from '../../ui/Toolbar.module.css';
import { EventGrid } from './EventGrid.tsx';
import styles from './EventTable.module.css';
import { FilterBox } from './FilterBox.tsx';
import { type FilterQuery, isProblem, parseFilter } from './filter-query.ts';
import { Measure } from './Measure.tsx';
import { parseOrder } from './row-order.ts';
import { useDebounced } from './use-debounced.ts';
import { type EventChoice, useEventRows } from './use-event-rows.ts';

type EventTableProps = {
  readonly record: SocketTrace;
  readonly playground: Playground;
  /** Index into the record's log. */
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
  /** What the times count from. */
  readonly time?: 'since' | 'clock';
  /** Goes to another socket of the page, and an event of it; undefined where only one is looked at. */
  readonly onSocket?: ((record: SocketTrace, index: number) => void) | undefined;
};

const TYPING_PAUSE = 120;
const ALL: FilterQuery = { tests: [], texts: [], without: [] };

/** Every call of both ends, one row each, and a filter: of one socket, or of all on one line of time. */
export function EventTable({ record, playground, selected, onSelect, time = 'since', onSocket }: EventTableProps) {
  const t = useT();
  const words = useToolWords();
  // As it was left, in another view or on another socket.
  const [filter, setFilter] = useStored('tab', 'table.filter', parseStoredFilter);
  const [scope, setScope] = useStored('tab', 'table.scope', parseScope);
  const [order, setOrder] = useStored('tab', 'table.order', parseOrder);
  const settled = useDebounced(filter, TYPING_PAUSE);
  const query = useMemo(() => {
    const parsed = parseFilter(settled);
    return isProblem(parsed) ? ALL : parsed;
  }, [settled]);
  const parsed = parseFilter(filter);
  // An event of another socket has no place in the other views of this one: its row is chosen all the same.
  const [elsewhere, setElsewhere] = useState<EventChoice>();
  const choice = selected === undefined ? elsewhere : { record, index: selected };
  const isAll = onSocket !== undefined && scope === 'all';
  const other = isAll && choice && choice.record !== record ? choice : undefined;
  // Where a time is measured from: it stays when another row is chosen.
  const [first, setFirst] = useState<EventChoice>();
  const rows = useEventRows({ record, playground, isAll, query, order });

  function select(next: EventChoice | undefined): void {
    if (next === undefined) setFirst(undefined);
    setElsewhere(next?.record === record ? undefined : next);
    onSelect(next?.record === record ? next.index : undefined);
  }
  function extend(next: EventChoice): void {
    setFirst(first ?? choice);
    select(next);
  }
  return (
    <div className={`${toolbar.below} ${styles.panel}`}>
      <FilterBox
        value={filter}
        onChange={setFilter}
        problem={isProblem(parsed) ? parsed : undefined}
        shown={rows.count}
        all={rows.all}
      >
        <Meanings
          summary={words.meanings}
          items={[
            { term: t.table.filter, text: t.table.filterHint },
            { term: t.table.measure, text: t.table.measureHint },
          ]}
        />
        {onSocket ? (
          <Select
            label={words.timeline.scope}
            isCaptioned
            options={[
              { value: 'one', label: words.timeline.one },
              { value: 'all', label: words.timeline.all },
            ]}
            value={scope}
            onChange={setScope}
          />
        ) : null}
        {other ? (
          <Button onClick={() => onSocket?.(other.record, other.index)}>
            {words.timeline.go(socketLabel(t, other.record))}
          </Button>
        ) : null}
        <Measure first={first} second={choice} onFirst={setFirst} />
      </FilterBox>
      <EventGrid
        rows={rows}
        hasSockets={isAll}
        selected={choice}
        onSelect={select}
        first={first}
        onExtend={extend}
        order={order}
        onOrder={setOrder}
        time={time}
        filter={settled}
        marks={query.texts}
      />
    </div>
  );
}

function parseStoredFilter(stored: unknown): string {
  return typeof stored === 'string' ? stored : '';
}
function parseScope(stored: unknown): 'one' | 'all' {
  return stored === 'all' ? 'all' : 'one';
}
