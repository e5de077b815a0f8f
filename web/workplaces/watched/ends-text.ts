import { formatEndpoint } from '../../../protocol/target.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';

/** Which socket it is: its own port, and the other end. */
export function endsText({ kind, local, target }: SocketTrace): string {
  const own = local ? `:${local.port}` : '';
  const other = kind === 'listen' ? '' : ` ⇄ ${formatEndpoint(target.host, target.port)}`;
  return `${kind} ${own}${other}`;
}
