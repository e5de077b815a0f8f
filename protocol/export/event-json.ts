import { isErrno, isErrorCode, PlaygroundError, type SocketErrorCode } from '../errors.ts';
import { Call, type Direction, type End, type TraceEvent } from '../trace.ts';
import type { ByteCount } from '../units.ts';

/** The fields of a trace event that say something. */
export function encodeTraceEvent(event: TraceEvent): object {
  const { at, end, call, argument, direction, offset, count, text, error, took } = event;
  return {
    at,
    end,
    call,
    ...(argument !== undefined && { argument }),
    ...(direction && { direction, offset, count }),
    // Offsets belong to a direction; a count without one is not expected, yet nothing that was there is lost.
    ...(!direction && (offset > 0 || count > 0) && { offset, count }),
    ...(text !== '' && { text }),
    ...(error !== undefined && { error }),
    ...(took !== undefined && { took }),
  };
}

/**
 * @param limit how many bytes each stream of the socket has: our own calls cannot have moved more.
 * @throws {PlaygroundError} MESSAGE_INVALID, beginning with `where`.
 */
export function parseTraceEvent(value: unknown, limit: Record<Direction, ByteCount>, where: string): TraceEvent {
  const fail = (reason: string): never => {
    throw new PlaygroundError('MESSAGE_INVALID', `${where}${reason}`);
  };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail(': must be an object');
  const fields = value as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    if (!Object.hasOwn(IS_FIELD, name))
      fail(`/${JSON.stringify(name).slice(1, -1).slice(0, 32)}: there is no such field`);
  }
  const event = { offset: 0, count: 0, text: '', ...fields };
  for (const [name, isField] of Object.entries(IS_FIELD)) {
    const field = (event as Record<string, unknown>)[name];
    if (!isField(field)) fail(`/${name}: ${field === undefined ? 'is missing' : 'cannot be this'}`);
  }
  const { at, end, call, argument, direction, offset, count, text, error, took } = event as unknown as TraceEvent;
  if (end === 'local' && direction && offset + count > limit[direction]) {
    fail(`: moves bytes up to ${offset + count}, and ${limit[direction]} were ${direction}`);
  }
  return { at, end, call, argument, direction, offset, count, text, error, took };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isOptionalCount = (value: unknown): value is number | undefined => value === undefined || isCount(value);

const IS_FIELD: { readonly [Name in keyof TraceEvent]: (value: unknown) => value is TraceEvent[Name] } = {
  at: isCount,
  end: (value): value is End => value === 'local' || value === 'peer',
  call: (value): value is Call => typeof value === 'string' && Object.hasOwn(Call, value),
  argument: isOptionalCount,
  direction: (value): value is Direction | undefined => value === undefined || value === 'sent' || value === 'received',
  offset: isCount,
  count: isCount,
  text: (value): value is string => typeof value === 'string',
  error: (value): value is SocketErrorCode | undefined =>
    value === undefined || (typeof value === 'string' && (isErrno(value) || isErrorCode(value))),
  took: isOptionalCount,
};
