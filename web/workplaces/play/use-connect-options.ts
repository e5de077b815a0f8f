import { useState } from 'react';
import type { SocketOptions } from '../../../protocol/messages/options.ts';
import { FIRST_OPTIONS, type OptionDraft, type OptionKind, parseOptions } from '../../features/options/option-draft.ts';
import { NO_TROUBLE, type TroubleDraft, troubleOf } from '../../features/trouble/trouble-draft.ts';

export type ToolPanel = 'options' | 'trouble' | 'families';
export type ConnectOptions = {
  readonly options: OptionDraft;
  readonly setOptions: (options: OptionDraft) => void;
  readonly trouble: TroubleDraft;
  readonly setTrouble: (trouble: TroubleDraft) => void;
  readonly panel: ToolPanel | undefined;
  readonly setPanel: (panel: ToolPanel | undefined) => void;
  /** What the next connection of this kind asks for; undefined where a field is wrong, whose panel then opens. */
  readonly take: (kind: OptionKind) => SocketOptions | undefined;
};

/** What is chosen for the next connection, beside where it goes. */
export function useConnectOptions(): ConnectOptions {
  const [options, setOptions] = useState(FIRST_OPTIONS);
  const [trouble, setTrouble] = useState(NO_TROUBLE);
  const [panel, setPanel] = useState<ToolPanel>();
  function take(kind: OptionKind): SocketOptions | undefined {
    const parsed = parseOptions(options, kind);
    if (!parsed) setPanel('options');
    return parsed && kind === 'tcp' && trouble.isProxied ? { ...parsed, trouble: troubleOf(trouble) } : parsed;
  }
  return { options, setOptions, trouble, setTrouble, panel, setPanel, take };
}
