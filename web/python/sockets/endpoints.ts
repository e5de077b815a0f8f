import type { Endpoint } from '../../../protocol/messages/fields.ts';
import { formatEndpoint } from '../../../protocol/target.ts';

/** An endpoint as a person reads it; empty where there is none. */
export function endpointText(endpoint: Endpoint | undefined): string {
  if (!endpoint) return '';
  const { host, port } = endpoint;
  return host.startsWith('/') ? host : formatEndpoint(host, port);
}
/** `host port`, as shim/addresses.py takes it; empty where there is none. */
export function endpointWords(endpoint: Endpoint | undefined): string {
  return endpoint ? `${endpoint.host} ${endpoint.port}` : '';
}
export function isSame(one: Endpoint, other: Endpoint): boolean {
  return one.port === other.port && one.host === other.host;
}
