import { useCallback, useMemo } from 'react';
import { useFrame } from '../../ui/use-frame.ts';
import { LadderModel, type LadderSocket } from './ladder-model.ts';

/** Events taken in per frame: some 6 ms of work, so that a log of a million does not freeze the tab it is opened in. */
const EVENTS_PER_FRAME = 25_000;

/** Kept as long as what they are of, so that coming back to the ladder does not begin anew. */
const models = new WeakMap<object, LadderModel>();

function modelOf(owner: object): LadderModel {
  const model = models.get(owner) ?? new LadderModel();
  models.set(owner, model);
  return model;
}

/** The ladder of some sockets, re-rendered at most once per frame while their logs grow. `owner` keeps its rows. */
export function useLadderRows(owner: object, sockets: readonly LadderSocket[]): LadderModel {
  const model = modelOf(owner);
  const read = useCallback(() => {
    model.follow(sockets);
    const isBehind = !model.rows.update(EVENTS_PER_FRAME);
    return { version: model.version, isBehind };
  }, [model, sockets]);
  const logs = useMemo(
    () => ({
      subscribe(listener: () => void) {
        const stops = sockets.map(({ record }) => record.log.subscribe(listener));
        return () => {
          for (const stop of stops) stop();
        };
      },
    }),
    [sockets],
  );
  useFrame(logs, read);
  return model;
}
