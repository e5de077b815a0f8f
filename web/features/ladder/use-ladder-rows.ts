import { useCallback, useMemo } from 'react';
import { allOf } from '../../ui/use-frame.ts';
import { useGrowing } from '../../ui/use-growing.ts';
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
  const grow = useCallback(
    (rows: LadderModel) => {
      rows.follow(sockets);
      return rows.rows.update(EVENTS_PER_FRAME);
    },
    [sockets],
  );
  const logs = useMemo(() => allOf(sockets.map(({ record }) => record.log)), [sockets]);
  return useGrowing(logs, model, grow);
}
