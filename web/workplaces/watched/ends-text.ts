import { formatEndpoint } from '../../../protocol/target.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { Messages } from '../../i18n/en.ts';
import { socketLabel } from '../../i18n/labels.ts';

/** Which socket it is: its name on the page that it is of, its own port, and the other end. */
export function endsText(t: Messages, socket: SocketTrace): string {
  const { kind, local, target } = socket;
  const own = local ? `:${local.port}` : '';
  const other = kind === 'listen' ? '' : ` ⇄ ${formatEndpoint(target.host, target.port)}`;
  return `${socketLabel(t, socket)} ${own}${other}`;
}
