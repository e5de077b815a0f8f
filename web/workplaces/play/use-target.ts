import { useSyncExternalStore } from 'react';
import {
  type DialTarget,
  firstTarget,
  parseStoredTarget,
  parseTargetDraft,
  type TargetDraft,
  targetFromQuery,
} from '../../features/target/target-draft.ts';
import { useStored } from '../../platform/stored.ts';
import type { Playground } from '../../store/playground.ts';

export type TargetChoice = {
  readonly target: TargetDraft;
  readonly setTarget: (target: TargetDraft) => void;
  /** Undefined while what stands in the fields cannot be dialled. */
  readonly parsed: DialTarget | undefined;
  /** False while the target is still the page's own guess, which the gateway's first message may correct. */
  readonly isSettled: boolean;
};

/** The target: as it was typed, else as the address bar has it, else the tutorial's server. */
export function useTarget(playground: Playground): TargetChoice {
  const { search } = window.location;
  // Kept per query, so that a reload keeps what was typed and another link is followed.
  const [typed, setTarget] = useStored('tab', `target${search}`, parseStoredTarget);
  const lab = useSyncExternalStore(playground.subscribe, playground.lab);
  const chosen = typed ?? targetFromQuery(search);
  const target = chosen ?? firstTarget(lab);
  const parsed = parseTargetDraft(target);
  return {
    target,
    setTarget,
    parsed: 'errors' in parsed ? undefined : parsed,
    isSettled: chosen !== undefined || lab.length > 0,
  };
}
