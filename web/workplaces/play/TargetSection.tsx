import { type KeyboardEvent, type RefObject, useRef } from 'react';
import { isChanged } from '../../features/options/option-draft.ts';
import { TargetBar } from '../../features/target/TargetBar.tsx';
import { useT } from '../../i18n/t.ts';
import { deferred } from '../../platform/deferred.tsx';
import type { Playground } from '../../store/playground.ts';
import { Button } from '../../ui/Button.tsx';
import { Dot } from '../../ui/marks/Dot.tsx';
import type { ToolPanel } from './use-connect-options.ts';
import type { Play } from './use-play.ts';

const OptionsPanel = deferred(async () => (await import('../../features/options/OptionsPanel.tsx')).OptionsPanel);
const TroublePanel = deferred(async () => (await import('../../features/trouble/TroublePanel.tsx')).TroublePanel);
const FamiliesPanel = deferred(async () => (await import('../../features/families/FamiliesPanel.tsx')).FamiliesPanel);

type TargetSectionProps = {
  readonly play: Play;
  readonly playground: Playground;
  readonly hostRef: RefObject<HTMLInputElement | null>;
};

const PANELS: readonly ToolPanel[] = ['options', 'trouble', 'families'];

/** Where to and how: the target, and the panels of what else can be chosen, one of them open at a time. */
export function TargetSection({ play, playground, hostRef }: TargetSectionProps) {
  const t = useT();
  const buttons = useRef<Partial<Record<ToolPanel, HTMLButtonElement | null>>>({});
  const { record, connectOptions, dialTarget } = play;
  const { panel, setPanel, options, setOptions, trouble, setTrouble } = connectOptions;

  function close(): void {
    if (panel) buttons.current[panel]?.focus();
    setPanel(undefined);
  }
  function onButtonKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && panel) close();
  }
  const armed: Readonly<Record<ToolPanel, boolean>> = {
    options: isChanged(options),
    trouble: trouble.isProxied,
    families: false,
  };
  const common = { id: `panel-${panel}`, record, onClose: close } as const;
  return (
    <>
      <TargetBar draft={play.target} onChange={play.setTarget} onConnect={() => play.connect()} hostRef={hostRef}>
        {PANELS.map((name) => (
          <Button
            key={name}
            ref={(element) => {
              buttons.current[name] = element;
            }}
            aria-expanded={panel === name}
            // The name stays as it is: tests and people find the button by it.
            aria-description={armed[name] ? t.app.play.armed : undefined}
            aria-controls={panel === name ? `panel-${name}` : undefined}
            onClick={() => setPanel(panel === name ? undefined : name)}
            onKeyDown={onButtonKey}
          >
            {t[name].button}
            {armed[name] ? <Dot tone="wait" /> : null}
          </Button>
        ))}
      </TargetBar>
      {panel === 'options' ? (
        <OptionsPanel {...common} kind={dialTarget?.kind ?? 'tcp'} draft={options} onChange={setOptions} />
      ) : null}
      {panel === 'families' ? <FamiliesPanel id={common.id} playground={playground} onClose={close} /> : null}
      {panel === 'trouble' ? <TroublePanel {...common} draft={trouble} onChange={setTrouble} /> : null}
    </>
  );
}
