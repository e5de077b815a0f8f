import { type ErrorCode, PlaygroundError } from '../../../protocol/errors.ts';
import { parseHost, parsePort } from '../../../protocol/target.ts';
import type { Port } from '../../../protocol/units.ts';

export type TransportProtocol = 'tcp' | 'udp';
/** What stands in the fields: anything. */
export type TargetDraft = { readonly protocol: TransportProtocol; readonly host: string; readonly port: string };
/** What can be dialled. For `unix` the host is a path. */
export type DialTarget = { readonly kind: TransportProtocol | 'unix'; readonly host: string; readonly port: Port };
export type DraftErrors = { readonly host?: ErrorCode; readonly port?: ErrorCode };

export const FIRST_TARGET: TargetDraft = { protocol: 'tcp', host: '127.0.0.1', port: '8009' };

/** Both fields are checked, so that both faults are told at once. */
export function parseTargetDraft({ protocol, host, port }: TargetDraft): DialTarget | { errors: DraftErrors } {
  if (protocol === 'tcp' && host.trim().startsWith('/')) return { kind: 'unix', host: host.trim(), port: 0 };
  const parsedHost = attempt(() => parseHost(host).host);
  const parsedPort = attempt(() => parsePort(port));
  if (parsedHost instanceof PlaygroundError || parsedPort instanceof PlaygroundError) {
    return {
      errors: {
        ...(parsedHost instanceof PlaygroundError ? { host: parsedHost.code } : {}),
        ...(parsedPort instanceof PlaygroundError ? { port: parsedPort.code } : {}),
      },
    };
  }
  return { kind: protocol, host: parsedHost, port: parsedPort };
}

/** What the address bar asks for: `?host=…&port=…&protocol=udp`; else what `otherwise` has. */
export function targetFromQuery(search: string, otherwise: TargetDraft): TargetDraft {
  const query = new URLSearchParams(search);
  const protocol = query.get('protocol')?.toLowerCase();
  return {
    protocol: protocol === 'udp' || protocol === 'tcp' ? protocol : otherwise.protocol,
    host: query.get('host') ?? otherwise.host,
    port: query.get('port') ?? otherwise.port,
  };
}

/** What an earlier visit left. */
export function parseStoredTarget(stored: unknown): TargetDraft {
  if (typeof stored !== 'object' || stored === null) return FIRST_TARGET;
  const { protocol, host, port } = stored as Record<string, unknown>;
  if (typeof host !== 'string' || typeof port !== 'string') return FIRST_TARGET;
  return { protocol: protocol === 'udp' ? 'udp' : 'tcp', host, port };
}

function attempt<Value>(parse: () => Value): Value | PlaygroundError {
  try {
    return parse();
  } catch (error) {
    return PlaygroundError.from(error);
  }
}
