import { type ErrorCode, PlaygroundError } from '../../../protocol/errors.ts';
import type { LabServer } from '../../../protocol/messages/session.ts';
import { parseHost, parsePort } from '../../../protocol/target.ts';
import type { Port } from '../../../protocol/units.ts';

export type TransportProtocol = 'tcp' | 'udp';
/** What stands in the fields: anything. */
export type TargetDraft = { readonly protocol: TransportProtocol; readonly host: string; readonly port: string };
/** What can be dialled. For `unix` the host is a path. */
export type DialTarget = { readonly kind: TransportProtocol | 'unix'; readonly host: string; readonly port: Port };
export type DraftErrors = { readonly host?: ErrorCode; readonly port?: ErrorCode };

/** The lab's timestamp echo, the server of the tutorial. */
const TUTORIAL_SERVER = 'Timestamp echo';
export const FIRST_TARGET: TargetDraft = { protocol: 'tcp', host: '127.0.0.1', port: '8009' };

/** Where a path stands in the place of the host: a Unix socket, which has no port. */
export function isPath({ protocol, host }: TargetDraft): boolean {
  return protocol === 'tcp' && host.trim().startsWith('/');
}

/** Both fields are checked, so that both faults are told at once. */
export function parseTargetDraft(draft: TargetDraft): DialTarget | { errors: DraftErrors } {
  const { protocol, host, port } = draft;
  if (isPath(draft)) return { kind: 'unix', host: host.trim(), port: 0 };
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

/** Where a first visit goes: what the gateway proposes, else the tutorial's server, wherever it listens today. */
export function firstTarget(lab: readonly LabServer[]): TargetDraft {
  const first = lab.find(({ isFirst }) => isFirst) ?? lab.find(({ name }) => name === TUTORIAL_SERVER);
  return first ? { protocol: first.protocol, host: first.host, port: String(first.port) } : FIRST_TARGET;
}

/** What the address bar asks for, `?host=…&port=…&protocol=udp`; undefined if it asks for nothing. */
export function targetFromQuery(search: string): TargetDraft | undefined {
  const query = new URLSearchParams(search);
  if (!query.has('host') && !query.has('port') && !query.has('protocol')) return undefined;
  return {
    protocol: query.get('protocol')?.toLowerCase() === 'udp' ? 'udp' : 'tcp',
    host: query.get('host') ?? FIRST_TARGET.host,
    port: query.get('port') ?? FIRST_TARGET.port,
  };
}

/** What was typed before a reload. */
export function parseStoredTarget(stored: unknown): TargetDraft | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { protocol, host, port } = stored as Record<string, unknown>;
  if (typeof host !== 'string' || typeof port !== 'string') return undefined;
  return { protocol: protocol === 'udp' ? 'udp' : 'tcp', host, port };
}

const TOGETHER = /^(?:(tcp|udp|https?):\/\/)?(\[[0-9a-f:.]+\]|[^\s:/[\]]+):([0-9]{1,5})\/?$/i;

/** A target pasted as one, `127.0.0.1:8009` or `udp://[::1]:8011`, in its parts; undefined where it is none. */
export function splitTarget(pasted: string, protocol: TransportProtocol): TargetDraft | undefined {
  const [, scheme, host, port] = TOGETHER.exec(pasted.trim()) ?? [];
  if (host === undefined || port === undefined) return undefined;
  return { protocol: scheme === undefined ? protocol : scheme.toLowerCase() === 'udp' ? 'udp' : 'tcp', host, port };
}

function attempt<Value>(parse: () => Value): Value | PlaygroundError {
  try {
    return parse();
  } catch (error) {
    return PlaygroundError.from(error);
  }
}
