import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useT } from '../../i18n/t.ts';
import { useToolWords } from '../../i18n/tool-words.ts';
import { liveOf } from '../../store/live-socket.ts';
import { Meanings } from '../../ui/form/Meanings.tsx';
import { Fieldset, Panel } from '../../ui/panes/Panel.tsx';
import { useLive } from '../../ui/use-live.ts';
import { OpenSocketOptions } from './OpenSocketOptions.tsx';
import { OptionFields } from './OptionFields.tsx';
import { flagsOf, numbersOf, type OptionDraft, type OptionKind } from './option-draft.ts';

type OptionsPanelProps = {
  readonly id: string;
  readonly kind: OptionKind;
  readonly draft: OptionDraft;
  readonly onChange: (draft: OptionDraft) => void;
  readonly record: SocketTrace | undefined;
  readonly onClose: () => void;
};

/** Socket options: for the next connect(), and on the connection that is looked at. */
export function OptionsPanel({ id, kind, draft, onChange, record, onClose }: OptionsPanelProps) {
  const t = useT();
  const words = useToolWords();
  return (
    <Panel id={id} label={t.options.title} onClose={onClose}>
      <Fieldset legend={t.options.next} hint={t.options.nextHint}>
        <OptionFields draft={draft} onChange={onChange} flags={flagsOf(kind)} numbers={numbersOf(kind)} />
      </Fieldset>
      <Meanings
        summary={words.meanings}
        items={[...flagsOf(kind), ...numbersOf(kind)].map((name) => ({
          term: t.options.names[name],
          text: t.options.about[name],
        }))}
      />
      {record ? <OfRecord key={record.id} record={record} /> : null}
    </Panel>
  );
}

function OfRecord({ record }: { readonly record: SocketTrace }) {
  useLive(record);
  const live = liveOf(record);
  if (!live?.isOpen || live.kind === 'listen') return null;
  return <OpenSocketOptions record={live} />;
}
