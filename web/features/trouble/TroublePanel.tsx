import type { Endpoint } from '../../../protocol/messages/fields.ts';
import { formatEndpoint } from '../../../protocol/target.ts';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { formatByteCount, formatSpan } from '../../i18n/format.ts';
import { socketLabel } from '../../i18n/labels.ts';
import { useT } from '../../i18n/t.ts';
import { useToolWords } from '../../i18n/tool-words.ts';
import { type LiveSocket, liveOf } from '../../store/live-socket.ts';
import { Button } from '../../ui/Button.tsx';
import { CheckBox } from '../../ui/form/CheckBox.tsx';
import { Meanings } from '../../ui/form/Meanings.tsx';
import { RadioGroup } from '../../ui/form/RadioGroup.tsx';
import { Slider } from '../../ui/form/Slider.tsx';
import { Fieldset, Panel } from '../../ui/panes/Panel.tsx';
import { useLive } from '../../ui/use-live.ts';
import styles from './TroublePanel.module.css';
import {
  type Direction,
  NO_TROUBLE,
  PLACES,
  SLIDERS,
  type SliderName,
  type TroubleDraft,
  troubleLine,
  troubleOf,
} from './trouble-draft.ts';

type TroublePanelProps = {
  readonly id: string;
  readonly draft: TroubleDraft;
  readonly onChange: (draft: TroubleDraft) => void;
  readonly record: SocketTrace | undefined;
  readonly onClose: () => void;
};

const DIRECTIONS: readonly Direction[] = ['down', 'up', 'both'];

/** How a network, or a server, misbehaves: by a proxy before any target, or by the lab's own trouble server. */
export function TroublePanel({ id, draft, onChange, record: socket, onClose }: TroublePanelProps) {
  const record = liveOf(socket);
  const t = useT();
  const words = useToolWords();
  function change(part: Partial<TroubleDraft>): void {
    const next = { ...draft, ...part };
    onChange(next);
    // A socket that has closed meanwhile says so elsewhere.
    if (record?.proxy && record.isOpen) record.setOptions({ trouble: troubleOf(next) }).catch(() => undefined);
  }
  return (
    <Panel id={id} label={t.trouble.title} onClose={onClose}>
      <CheckBox
        label={t.trouble.proxied}
        isChecked={draft.isProxied}
        onChange={(isProxied) => onChange({ ...draft, isProxied })}
      />
      <Fieldset legend={t.trouble.what} hint={t.trouble.hint}>
        {SLIDERS.map((name) => (
          <Slider
            key={name}
            label={t.trouble.names[name]}
            title={t.trouble.about[name]}
            places={PLACES[name].map((value) => (value === 0 ? t.trouble.off : formatPlace(name, value)))}
            place={draft[name]}
            onChange={(place) => change({ [name]: place })}
          />
        ))}
      </Fieldset>
      <div className={styles.row}>
        <RadioGroup
          label={t.trouble.direction}
          caption={t.trouble.direction}
          options={DIRECTIONS.map((value) => ({ value, label: t.trouble.directions[value] }))}
          value={draft.direction}
          onChange={(direction) => change({ direction })}
        />
        <Button onClick={() => change({ ...NO_TROUBLE, isProxied: draft.isProxied })}>{t.trouble.none}</Button>
      </div>
      <Meanings
        summary={words.meanings}
        items={SLIDERS.map((name) => ({ term: t.trouble.names[name], text: t.trouble.about[name] }))}
      />
      {record ? <OfRecord record={record} draft={draft} /> : null}
    </Panel>
  );
}

function OfRecord({ record, draft }: { readonly record: LiveSocket; readonly draft: TroubleDraft }) {
  const t = useT();
  useLive(record);
  if (!record.isOpen) return null;
  const label = socketLabel(t, record);
  if (record.proxy) return <p className={styles.about}>{t.trouble.live(label, endpointText(record.proxy))}</p>;
  if (record.lab === 'Trouble') return <TroubleServer record={record} draft={draft} />;
  return record.kind === 'tcp' ? <p className={styles.about}>{t.trouble.notProxied(label)}</p> : null;
}

/** The lab's trouble server is told by the first line it gets. */
function TroubleServer({ record, draft }: { readonly record: LiveSocket; readonly draft: TroubleDraft }) {
  const t = useT();
  const line = troubleLine(draft);
  return (
    <p className={styles.about}>
      {t.trouble.server} {line === undefined ? t.trouble.serverNothing : <code>{line}</code>}{' '}
      <Button isDisabled={line === undefined || !record.canSend} onClick={() => record.send(encodeUtf8(`${line}\n`))}>
        {t.trouble.sendLine}
      </Button>
    </p>
  );
}

function formatPlace(name: SliderName, value: number): string {
  if (name === 'bandwidth') return `${formatByteCount(value)}/s`;
  return name === 'latency' || name === 'jitter' || name === 'slowClose'
    ? formatSpan(value * 1_000)
    : formatByteCount(value);
}
function endpointText({ host, port }: Endpoint): string {
  return formatEndpoint(host, port);
}
