import type { Facts, SocketFacts } from '../facts.ts';
import { type Binding, type Solving, socketsOf } from '../judge/goal.ts';

type Plain = string | number;
type Read = { readonly value: Plain | undefined; readonly binding: Binding };
type End = 'local' | 'remote';

const OF_SOCKET = /^(\$[a-z][A-Za-z0-9]{0,15})\.(local|remote)\.(host|port)$/;
const OF_LAB = /^\$lab:(.{1,32})\.port$/;

/** The name of the socket that a value speaks of. */
export function refOf(value: Plain): string | undefined {
  return typeof value === 'string' ? OF_SOCKET.exec(value)?.[1] : undefined;
}
/** A value that begins with `$` has to be one of the two that there are. */
export function isValue(value: Plain): boolean {
  return typeof value === 'number' || !value.startsWith('$') || OF_SOCKET.test(value) || OF_LAB.test(value);
}

/** What a value stands for now, for each socket that its name may be. */
export function* valuesOf(value: Plain, binding: Binding, solving: Solving): Iterable<Read> {
  const [, ref, end, field] = (typeof value === 'string' && OF_SOCKET.exec(value)) || [];
  if (ref === undefined) yield { value: labValue(value, solving.facts), binding };
  else {
    for (const way of socketsOf(ref, binding, solving)) {
      yield { value: fieldOf(way.socket, end as End, field as 'host' | 'port'), binding: way.binding };
    }
  }
}

function fieldOf(socket: SocketFacts, end: End, field: 'host' | 'port'): Plain | undefined {
  return socket[end]?.[field];
}
function labValue(value: Plain, { labs }: Facts): Plain | undefined {
  const lab = typeof value === 'string' ? OF_LAB.exec(value)?.[1] : undefined;
  return lab === undefined ? value : labs.get(lab)?.port;
}

/** Numbers as numbers; texts without their blanks and whatever case: `00 00 00 03` is `00000003`. */
export function isEqualValue(one: Plain | undefined, other: Plain | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const plain = (value: Plain): string => String(value).replaceAll(/\s/g, '').toLowerCase();
  return plain(one) === plain(other);
}
