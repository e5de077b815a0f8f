import { Call } from '../../protocol/call.ts';
import { isErrno, isErrorCode, PlaygroundError, type SocketErrorCode } from '../../protocol/errors.ts';
import { PAYLOAD_BYTES_MAX } from '../../protocol/frame.ts';
import type { ByteCount } from '../../protocol/units.ts';
import { CALL_VARIANTS, type CallSite, type CallVariant, type Direction, type End, type TraceEvent } from '../event.ts';

/** The fields of a trace event that say something. */
export function encodeTraceEvent(event: TraceEvent): object {
  const { at, end, call, argument, direction, offset, count, whole, text, error, took, site, given, variant } = event;
  return {
    at,
    end,
    call,
    ...(argument !== undefined && { argument }),
    ...(direction && { direction, offset, count }),
    // Offsets belong to a direction; a count without one is not expected, yet nothing that was there is lost.
    ...(!direction && (offset > 0 || count > 0) && { offset, count }),
    ...(whole !== undefined && { whole }),
    ...(text !== '' && { text }),
    ...(error !== undefined && { error }),
    ...(took !== undefined && { took }),
    ...(site !== undefined && { site }),
    ...(given !== undefined && { given }),
    ...(variant !== undefined && { variant }),
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
  for (const name in fields) {
    if (!NAMES.has(name)) fail(`/${JSON.stringify(name).slice(1, -1).slice(0, 32)}: there is no such field`);
  }
  // Written out: a million of these are read at once, and an object of one shape is made fastest so.
  const { at, end, call, argument, direction, offset = 0, count = 0, text = '', error, took } = fields;
  const usual = { at, end, call, argument, direction, offset, count, text, error, took };
  const event: Readonly<Record<string, unknown>> = RARE.some((name) => fields[name] !== undefined)
    ? {
        ...usual,
        ...Object.fromEntries(RARE.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]]))),
      }
    : usual;
  for (const [name, isField] of FIELDS) {
    if (!isField(event[name])) fail(`/${name}: ${event[name] === undefined ? 'is missing' : 'cannot be this'}`);
  }
  return checkExtent(event as unknown as TraceEvent, limit, fail);
}

function checkExtent(
  event: TraceEvent,
  limit: Record<Direction, ByteCount>,
  fail: (reason: string) => never,
): TraceEvent {
  const { end, direction, offset, count } = event;
  if (end === 'local' && direction && offset + count > limit[direction]) {
    fail(`: moves bytes up to ${offset + count}, and ${limit[direction]} were ${direction}`);
  }
  return event;
}

/** What an EVENT frame has room for, in UTF-16 units. A longer one would hold the page that draws it. */
const TEXT_MAX = PAYLOAD_BYTES_MAX;

/** Few events have them. */
const RARE = ['whole', 'site', 'given', 'variant'] as const;

const SITE_TEXT_MAX = 256;
const isName = (value: unknown): boolean => typeof value === 'string' && value.length <= SITE_TEXT_MAX;

function isSite(value: unknown): value is CallSite | undefined {
  if (value === undefined) return true;
  if (typeof value !== 'object' || value === null) return false;
  const { file, line, thread, ...rest } = value as Record<string, unknown>;
  return isName(file) && isCount(line) && (thread === undefined || isName(thread)) && Object.keys(rest).length === 0;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isOptionalCount = (value: unknown): value is number | undefined => value === undefined || isCount(value);

const IS_FIELD: { readonly [Name in keyof TraceEvent]-?: (value: unknown) => value is TraceEvent[Name] } = {
  at: isCount,
  end: (value): value is End => value === 'local' || value === 'peer',
  call: (value): value is Call => typeof value === 'string' && Object.hasOwn(Call, value),
  argument: isOptionalCount,
  direction: (value): value is Direction | undefined => value === undefined || value === 'sent' || value === 'received',
  offset: isCount,
  count: isCount,
  whole: isOptionalCount,
  text: (value): value is string => typeof value === 'string' && value.length <= TEXT_MAX,
  error: (value): value is SocketErrorCode | undefined =>
    value === undefined || (typeof value === 'string' && (isErrno(value) || isErrorCode(value))),
  took: isOptionalCount,
  site: isSite,
  given: isOptionalCount,
  variant: (value): value is CallVariant | undefined =>
    value === undefined || CALL_VARIANTS.some((variant) => variant === value),
};
const FIELDS = Object.entries(IS_FIELD) as [keyof TraceEvent, (value: unknown) => boolean][];
const NAMES = new Set<string>(Object.keys(IS_FIELD));
