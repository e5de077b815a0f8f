import type { WayBack } from '../../../client/rooms/room-client.ts';
import { browserClock } from '../../platform/browser-gateway.ts';
import { ROOM_KEY, SEAT } from '../../platform/class-stored.ts';
import { readStoredJson, removeStored, writeStored } from '../../platform/stored.ts';
import { ClassRoom, type RoomDisk } from '../../store/classroom/class-room.ts';
import type { Playground } from '../../store/playground.ts';
import { WORKBENCH } from '../../store/programs/workbench-key.ts';
import { type StateKey, usePageStates } from '../../ui/page/page-states.ts';
import { useLive } from '../../ui/use-live.ts';

const CLASS_ROOM: StateKey<ClassRoom> = { name: 'classroom' };

const disk: RoomDisk = {
  read: () => {
    const key = readStoredJson('tab', ROOM_KEY);
    return isWayBack(key) ? key : asWayBack(readStoredJson('browser', SEAT));
  },
  write: (back) => {
    if (back === undefined) {
      if (readStoredJson('tab', ROOM_KEY) === undefined) removeStored('browser', SEAT);
      removeStored('tab', ROOM_KEY);
    } else if ('key' in back) writeStored('tab', ROOM_KEY, JSON.stringify(back));
    else {
      writeStored('browser', SEAT, JSON.stringify(back));
      removeStored('tab', ROOM_KEY);
    }
  },
};

/** One of each tab, whichever page is shown. */
export function useClassRoom(playground: Playground): ClassRoom {
  const states = usePageStates();
  const programs = () => states.find(WORKBENCH)?.programs() ?? [];
  const room = states.of(CLASS_ROOM, () => new ClassRoom({ playground, programs, clock: browserClock, disk }));
  useLive(room);
  return room;
}

/** What is stored is read as it stands; the server judges its secrets. */
function isWayBack(value: unknown): value is WayBack {
  if (typeof value !== 'object' || value === null) return false;
  const { seat, room, key } = value as Record<string, unknown>;
  if (typeof room === 'string' && typeof key === 'string') return true;
  const { room: of, seat: number, secret } = (seat ?? {}) as Record<string, unknown>;
  return typeof of === 'string' && typeof number === 'number' && typeof secret === 'string';
}
function asWayBack(value: unknown): WayBack | undefined {
  return isWayBack(value) ? value : undefined;
}
