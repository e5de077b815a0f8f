import * as Type from 'typebox';
import { Endpoint } from '../../protocol/messages/fields.ts';
import { closedObject } from '../../protocol/schema/closed-object.ts';
import { NAME_LENGTH_MAX, RECORDED_KINDS } from '../export/recording.ts';

/** µs from 1970 to the last `epoch` that is taken. */
const SPAN_MAX = 9_000_000_000_000_000;
/** More often no wall clock is set within a recording. */
const CLOCK_STEPS_MAX = 4_096;

/** A count, or µs. */
export const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
export const SocketId = Type.Integer({ minimum: 0, maximum: 0xffff_ffff });

const ClockStep = closedObject({ at: Count, by: Type.Integer({ minimum: -SPAN_MAX, maximum: SPAN_MAX }) });

/** A socket's two ends and what is known of it, but for its id, bytes and calls: in a recording and in a mirror. */
export const HEAD_FIELDS = {
  kind: Type.Enum(RECORDED_KINDS),
  local: Type.Optional(Endpoint),
  remote: Type.Optional(Endpoint),
  lab: Type.Optional(Type.String({ maxLength: 32 })),
  name: Type.Optional(Type.String({ minLength: 1, maxLength: NAME_LENGTH_MAX })),
  droppedEvents: Type.Optional(Count),
  droppedDatagrams: Type.Optional(Count),
  tooLongDatagrams: Type.Optional(Count),
  clock: Type.Optional(Type.Array(ClockStep, { maxItems: CLOCK_STEPS_MAX })),
} as const;
