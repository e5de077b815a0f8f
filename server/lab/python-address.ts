import { isIPv6 } from 'node:net';
import type { Endpoint } from '../../protocol/messages/fields.ts';
import { pythonBytesRepr } from '../../protocol/python-repr.ts';

/** An address as Python prints what accept() returned: `('127.0.0.1', 55378)`, `('::1', 55378, 0, 0)`. */
export function pythonAddress({ host, port }: Endpoint): string {
  if (isIPv6(host)) return `('${host}', ${port}, 0, 0)`;
  // An abstract Unix name begins with NUL, for which `@` stands here; Python has it as bytes.
  if (host.startsWith('@')) return pythonBytesRepr(Buffer.from(`\0${host.slice(1)}`));
  return host === '' || host.startsWith('/') ? host : `('${host}', ${port})`;
}
